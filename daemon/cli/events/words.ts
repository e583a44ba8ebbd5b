/**
 * Words of events in a terminal: short ones for the list, whole ones for a single event.
 */
import type { Label } from "../../../models/labels.ts";
import type { Event, Spared } from "../../wire/api.ts";
import type { HappeningKind } from "../../wire/what.ts";
import { lengthText } from "../amounts.ts";

export const inShort: Readonly<Record<HappeningKind, string>> = {
  crossed: "came in",
  loitering: "stayed",
  waiting: "did not ring",
  "parcel-left": "parcel left",
  "parcel-taken": "parcel taken",
};

export const inFull: Readonly<Record<HappeningKind, string>> = {
  crossed: "came in over the line",
  loitering: "stayed on and on",
  waiting: "was at the door and did not ring",
  "parcel-left": "a parcel was left",
  "parcel-taken": "a parcel was taken",
};

export const whySpared: Readonly<Record<Spared, string>> = {
  ring: "no: somebody rang while it went on",
  cut: "no: it was cut short",
  shared: "no: an owner signed that its recording is shared",
  person: "no: kept by hand",
};

/** Somebody's word before the doorbell's; what does not matter beside something that does is not said. */
export function labelsOf({ what, corrected }: Pick<Event, "what" | "corrected">): readonly Label[] {
  if (corrected !== null) return [corrected];
  return what.length === 1 ? what : what.filter((label) => label !== "other");
}

/** "12.3 s", and what is to be said of it: "cut". */
export function lengthWords({ state, startWallMs, endWallMs }: Event): string[] {
  if (state === "open") return ["going on"];
  const cut = state === "interrupted" ? ["(cut)"] : [];
  return endWallMs === null ? cut : [lengthText(endWallMs - startWallMs), ...cut];
}
