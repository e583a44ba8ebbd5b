/**
 * TypedWords: a box of words while it is typed into: which are done, which one is not. Pure.
 */
export interface Typed {
  /** Finished: something stands after them. */
  readonly typed: readonly string[];
  /** Still being typed; "" = none. */
  readonly unfinished: string;
}

export function readTyped(text: string): Typed {
  const parts = text.toLowerCase().split(/[\s,]+/u);
  const unfinished = parts.pop() ?? "";
  return { typed: parts.filter((part) => part !== ""), unfinished };
}

/** The text with its unfinished word completed, ready for the next one. */
export function withLastWord(text: string, word: string): string {
  return `${text.replace(/[^\s,]*$/u, "")}${word} `;
}
