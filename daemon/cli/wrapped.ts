/**
 * Wrapped: a long text as lines of a terminal, broken between words.
 */
export const screenWidth = 80;

/** A word that is longer than `width` stays whole. */
export function wrapped(text: string, width = screenWidth): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
