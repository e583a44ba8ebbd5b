/**
 * What of: an event by what moved in it: somebody's word before the doorbell's. Pure.
 */
import type { Event } from "../../daemon/wire/api.ts";
import type { Label } from "../../models/labels.ts";
import { words } from "../words.ts";

type Seen = Pick<Event, "kind" | "what" | "corrected">;

/** Most certain first; none = nobody can tell. */
export function labelsOf({ what, corrected }: Pick<Event, "what" | "corrected">): readonly Label[] {
  return corrected === null ? what : [corrected];
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
