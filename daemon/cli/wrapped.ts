/**
 * Wrapped: a long text as lines of a terminal, broken between words.
 */
export const screenWidth = 80;

/** A word that is longer than `width` stays whole. */
export function wrapped(text: string, width = screenWidth): string[] {
  return folded(text.split(/\s+/u), width, " ");
}

/** As many words to a line as it holds, with `joint` between them. */
export function folded(words: readonly string[], width: number, joint: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = [...lines.slice(-1), word].join(joint);
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
