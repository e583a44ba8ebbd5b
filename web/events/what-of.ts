/**
 * What of: an event by what moved in it and what happened: somebody's word before the doorbell's. Pure.
 */
import { happeningsOf as undenied } from "../../daemon/alerts/denied.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { HappeningKind } from "../../daemon/wire/what.ts";
import type { Label } from "../../models/labels.ts";
import { words } from "../words.ts";

/** What happens, what somebody would ask for first before the rest. */
export const happenings = [
  "parcel-left",
  "parcel-taken",
  "waiting",
  "loitering",
  "crossed",
] as const satisfies readonly HappeningKind[];

type Seen = Pick<Event, "kind" | "what" | "corrected">;

/** Most certain first; none = nobody can tell. */
export function labelsOf({ what, corrected }: Pick<Event, "what" | "corrected">): readonly Label[] {
  return corrected === null ? what : [corrected];
}

/** As they count, in the order of `happenings`. */
export function happeningsOf(event: Pick<Event, "happenings" | "corrected">): readonly HappeningKind[] {
  const so = undenied(event);
  return happenings.filter((each) => so.includes(each));
}

export type ParcelKind = Extract<HappeningKind, `parcel-${string}`>;

export function isParcel(happening: HappeningKind): happening is ParcelKind {
  return happening === "parcel-left" || happening === "parcel-taken";
}

export function kindWords(event: Seen): string {
  return event.kind === "ring" ? words.kinds.ring : moveWords(labelsOf(event));
}

/** "Person, animal"; what does not matter beside something that does is not said. */
export function moveWords(labels: readonly Label[]): string {
  const named = labels.filter((label) => label !== "other" || labels.length === 1);
  const [first, ...rest] = named.map((label) => words.what.labels[label]);
  if (first === undefined) return words.kinds.motion;
  return [first, ...rest.map((each) => each.toLowerCase())].join(", ");
}
