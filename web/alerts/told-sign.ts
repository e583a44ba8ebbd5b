/**
 * Told sign: the sign beside what was told, by its kind alone: what moved is not known here.
 */
import type { AlertKind } from "../../daemon/alerts/kinds.ts";
import type { Sign } from "../events/signs.ts";

/** Who waits or stays is a person; over the line comes a person or a vehicle. */
export const toldSigns: Readonly<Record<AlertKind, Sign>> = {
  ring: "ring",
  person: "person",
  waiting: "person",
  loitering: "person",
  crossed: "motion",
  vehicle: "vehicle",
  animal: "animal",
  "parcel-left": "parcel",
  "parcel-taken": "parcel",
  motion: "motion",
  other: "motion",
};
