/**
 * SaveFile: hands bytes of the page to the viewer's download folder.
 */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // the download has taken its own reference by the next turn
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
