/** Plain text: what a library or a stranger's file says, as one short line that is safe to show. Pure. */
export function plainText(text: string, most = 200): string {
  const line = text
    .replaceAll(/[^\x20-\x7e]+/gu, " ")
    .replaceAll(/ {2,}/gu, " ")
    .trim();
  return line.length > most ? `${line.slice(0, most - 3)}...` : line;
}
