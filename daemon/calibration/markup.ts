/**
 * Markup: text that people typed, in HTML and SVG; and numbers as short as they may be.
 */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe between tags and in quoted attributes. Control characters that XML forbids become blanks. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "")
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, " ");
}

/** One decimal at most: "12.5", "3". */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** "1:05.3" or "12.3 s": seconds since something. */
export function secondsText(ms: number): string {
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")} min`;
}
