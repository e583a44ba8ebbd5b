/**
 * CopyText: to the clipboard, where the browser lets a page do that. Resolves to whether it worked.
 */

/** Browsers give a page on plain HTTP no clipboard, but let it copy what is selected. */
export async function copyText(text: string): Promise<boolean> {
  if (globalThis.isSecureContext)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  return document.execCommand("copy");
}
