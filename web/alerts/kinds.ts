/**
 * Kinds: what somebody may be told of, as it is listed: what most people want first. Typed by what the doorbell takes.
 */
import type { AlertKind } from "../../daemon/alerts/kinds.ts";

export const alertKindNames: readonly AlertKind[] = [
  "ring",
  "person",
  "waiting",
  "parcel-left",
  "parcel-taken",
  "vehicle",
  "animal",
  "crossed",
  "loitering",
  "motion",
  "other",
];
