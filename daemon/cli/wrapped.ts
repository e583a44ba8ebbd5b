/**
 * Wrapped: a long text as lines of a terminal, broken between words.
 */
const screen = 80;

/** Each line begins with `indent`; a word that is longer than the screen stays whole. */
export function wrapped(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + longer.length > screen) {
      lines.push(indent + line);
      line = word;
    } else line = longer;
  }
  return [...lines, indent + line];
}
