/**
 * Denied: what cannot have happened if a movement was what somebody says it was. One rule for who is told and for the page.
 */
import type { Label } from "../../models/labels.ts";
import type { Event } from "../wire/api.ts";
import type { HappeningKind } from "../wire/what.ts";

const deniedBy: Readonly<Record<HappeningKind, readonly Label[]>> = {
  "parcel-left": ["vehicle", "animal", "other"],
  "parcel-taken": ["vehicle", "animal", "other"],
  waiting: ["vehicle", "animal", "parcel", "other"],
  loitering: ["vehicle", "animal", "parcel", "other"],
  crossed: [],
};

/** `corrected`: what somebody says; null = nobody said. */
export function isDenied(kind: HappeningKind, corrected: Label | null): boolean {
  return corrected !== null && deniedBy[kind].includes(corrected);
}

/** What happened in it, as it counts. */
export function happeningsOf({
  happenings,
  corrected,
}: Pick<Event, "happenings" | "corrected">): HappeningKind[] {
  return happenings.filter((kind) => !isDenied(kind, corrected));
}
