/**
 * Zone actions: what the house wants of a thing that moves in a zone: alert who asked for it, only record it, or ignore it.
 *
 * Recorded is told to home systems alone; of what is ignored they hear only that something moves. All is recorded; what is ignored alone is hidden (ignored.ts). The most that any zone of the event
 * says counts, a zone that says nothing is as the whole picture, and where nothing is said alerts go to whoever asked for them:
 * in doubt it is told.
 */
import { z } from "zod";
import type { Label } from "../../models/labels.ts";
import type { AlertKind } from "./kinds.ts";

/** From least to most. */
export const zoneActions = ["ignore", "record", "alert"] as const;
export type ZoneAction = (typeof zoneActions)[number];

/** What can be judged so; a parcel is always told to who asked for it. */
export const judged = ["person", "vehicle", "animal", "other"] as const satisfies readonly Label[];
export type Judged = (typeof judged)[number];

/** Null: no rule can speak of it. */
export function wordOf(label: Label): Judged | null {
  return judged.find((each) => each === label) ?? null;
}

export const actionsSchema = z.partialRecord(z.enum(judged), z.enum(zoneActions));
export type Actions = z.output<typeof actionsSchema>;

export interface WhatRules {
  readonly whole: Actions;
  /** By name of the zone. */
  readonly zones: ReadonlyMap<string, Actions>;
}

/** Of what moves in these zones; none = nobody knows where. */
export function actionOn(
  label: Judged,
  zones: readonly string[],
  { whole, zones: own }: WhatRules,
): ZoneAction {
  const inWhole = whole[label] ?? "alert";
  const said = zones.map((zone) => own.get(zone)?.[label] ?? inWhole);
  const most = Math.max(...(said.length === 0 ? [inWhole] : said).map((each) => zoneActions.indexOf(each)));
  return zoneActions[most] ?? "alert";
}

/** By which label a kind is judged; null = by none. */
export function judgedBy(kind: AlertKind): Judged | null {
  switch (kind) {
    case "person":
    case "crossed":
    case "loitering":
    case "waiting":
      return "person";
    case "vehicle":
    case "animal":
    case "other":
      return kind;
    case "ring":
    case "motion":
    case "parcel-left":
    case "parcel-taken":
      return null;
  }
}
