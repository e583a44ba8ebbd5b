/**
 * Words of what moved and what happened, in English; part of words.ts.
 */
import type { Label } from "../../models/labels.ts";
import type { HappeningKind } from "../../daemon/wire/what.ts";

const labels: Readonly<Record<Label, string>> = {
  person: "Person",
  vehicle: "Vehicle",
  animal: "Animal",
  parcel: "Parcel",
  other: "Nothing that matters",
};

const happenings: Readonly<Record<HappeningKind, string>> = {
  crossed: "came in over the line",
  loitering: "stayed on and on",
  waiting: "at the door, did not ring",
  "parcel-left": "parcel left",
  "parcel-taken": "parcel taken",
};

export const whatWords = {
  labels,
  happenings,
  corrected: "corrected by hand",
  correct: "What was it? Tap to correct",
  correctRow: (about: string) => `Correct what it was: ${about}`,
  choose: (kind: string, time: string) => `What was it? ${kind} at ${time}`,
  done: (label: string) => `Corrected: ${label}.`,
  takenBack: (said: string) => `As the doorbell says again: ${said}.`,
  undo: "Undo",
  asSaid: (said: string) => `As the doorbell says: ${said}`,
  note: "Calibration learns from what you correct. No picture is kept for it, and no model is trained with it.",
  before: "Before",
  after: "After",
  pictureOf: { "parcel-left": "where the parcel was left", "parcel-taken": "where the parcel was taken" },
  failed: "The correction could not be kept.",
};
