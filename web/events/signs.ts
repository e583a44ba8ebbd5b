/**
 * Signs: the one sign that stands for an event, in lists and on the band. Pure.
 *
 * An event may have several labels; its sign is what somebody would look for first. A ring is somebody who wants
 * something now. A parcel is left for a moment only. People matter more than animals, and animals come more seldom
 * than cars pass. Somebody's word on what it was goes before what the doorbell says, but a ring stays a ring, and who left
 * a parcel left one.
 */
import type { Event } from "../../daemon/wire/api.ts";
import type { Label } from "../../models/labels.ts";
import type { IconName } from "../look/icons.tsx";
import { words } from "../words.ts";
import { happeningsOf, isParcel, labelsOf } from "./what-of.ts";

/** What matters most first. "motion": nothing that has a name, or nothing that matters. */
export const signs = ["ring", "parcel", "person", "animal", "vehicle", "motion"] as const;
export type Sign = (typeof signs)[number];

type Seen = Pick<Event, "kind" | "what" | "corrected" | "happenings">;

export function signOf(event: Seen): Sign {
  if (event.kind === "ring") return "ring";
  return happeningsOf(event).some(isParcel) ? "parcel" : signOfLabels(labelsOf(event));
}

/** As of labels alone, whatever happened. */
export function signOfLabels(labels: readonly Label[]): Sign {
  return signs.find((sign) => labels.some((label) => label === sign)) ?? "motion";
}

/** The one of two that matters more. */
export function mostOf(one: Sign, other: Sign): Sign {
  return signs.indexOf(one) <= signs.indexOf(other) ? one : other;
}

export const signIcons: Readonly<Record<Sign, IconName>> = {
  ring: "bell",
  parcel: "parcel",
  person: "person",
  animal: "animal",
  vehicle: "vehicle",
  motion: "motion",
};

export function signWords(sign: Sign): string {
  return sign === "ring" || sign === "motion" ? words.kinds[sign] : words.what.labels[sign];
}
