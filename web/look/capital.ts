/**
 * Capital: a text that begins as a sentence does. Pure, and without words of its own, so that tables of words may use it.
 */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
