/**
 * Words of the card of label thresholds, in English; part of words.ts.
 */
import { mostSure } from "../../../daemon/sight/label-fusion.ts";

export const labelCardWords = {
  title: "How sure the doorbell must be",
  note: (kept: string | null) =>
    `A label that is less sure than this is not used: the event is told as something that moves, and recorded all the same. It is learned from corrections of events that are still kept${kept === null ? "" : `, at most ${kept}`}. No model is trained with it, and nothing leaves the doorbell.`,
  sensor: (less: number, least: number) =>
    `The motion sensor is asked too: when it fired, ${less} points less are enough for a person or an animal; when it was silent, one at the door needs at least ${least} %.`,
  countsFrom: (percent: number) =>
    percent === 0 ? "as the model says" : percent > mostSure ? "never" : `from ${percent} % on`,
  nothing:
    "Nothing has been named yet. Correct a wrong label with a tap on its row's sign, or where the event is opened: a proposal comes of it.",
  use: (percent: number) => `Use ${percent} %`,
  used: "Saved. It counts from now on.",
  putBack: "Put back what was before",
  isBack: "It is as it was before.",
  ownersDecide: "An owner decides about this.",
  byHand: "Set by hand",
  byHandNote: "0 is as the model says. Nothing counts before you save.",
  of: (label: string) => `How sure: ${label}`,
  level: (percent: number) =>
    percent === 0
      ? "0: as the model says"
      : percent > mostSure
        ? `${percent} %: never`
        : `from ${percent} % on`,
  difference: (label: string, from: string, to: string) => `${label}: ${from} → ${to}`,
};
