/**
 * Words of ignored events, in English; part of words.ts.
 */
const counted = (count: string): string => (count === "1" ? "1 ignored event" : `${count} ignored events`);

export const ignoredWords = {
  remark: "ignored",
  hidden: (count: string) => `${counted(count)} ${count === "1" ? "is" : "are"} hidden.`,
  shown: (count: string) => `${counted(count)} ${count === "1" ? "is" : "are"} shown.`,
  keptFor: (time: string) => `Kept for ${time}.`,
  show: "Show",
  hide: "Hide",
  filter: "Ignored",
  without: "Hidden",
  with: "Shown too",
  only: "Only these",
  why: "Nothing is in it but what is ignored where it was, on the page Motion zones.",
  gone: (time: string) =>
    `It is hidden, and deleted after ${time} unless its recording shows something else.`,
  keep: "Keep it",
  keepChosen: (count: string) => `Keep ${count}`,
  kept: (count: string) =>
    count === "1" ? "Kept like any other event." : `${count} events are kept like any other.`,
  keeps: "Kept although it would be ignored.",
  byHand: "Kept by hand.",
  leave: "Ignore it again",
  left: "Left to your rules again.",
  failed: "The doorbell could not keep that.",
};
