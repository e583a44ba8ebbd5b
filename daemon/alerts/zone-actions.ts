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

interface Drawn {
  readonly what?: Actions | undefined;
  readonly zones: readonly { readonly name: string; readonly what?: Actions | undefined }[];
}

export function rulesOf({ what = {}, zones }: Drawn): WhatRules {
  return { whole: what, zones: new Map(zones.map(({ name, what: own = {} }) => [name, own])) };
}

/** Of what moves in these zones; none = nobody knows where. Of several words the one of which most is wanted counts; of none: alert. */
export function actionOn(
  words: readonly Judged[],
  zones: readonly string[],
  { whole, zones: own }: WhatRules,
): ZoneAction {
  const said = words.flatMap((word) => {
    const inWhole = whole[word] ?? "alert";
    return zones.length === 0 ? [inWhole] : zones.map((zone) => own.get(zone)?.[word] ?? inWhole);
  });
  const most = Math.max(...said.map((each) => zoneActions.indexOf(each)));
  return zoneActions[most] ?? "alert";
}

/** What was seen in an event: of what the house is sure, and all that was said. */
export interface Named {
  readonly what: readonly Label[];
  readonly said: readonly { readonly label: Label }[];
}

/** Whom a kind tells of; none = no rule can speak of it. */
const doers: Readonly<Record<AlertKind, readonly Judged[]>> = {
  ring: [],
  motion: [],
  person: ["person"],
  vehicle: ["vehicle"],
  animal: ["animal"],
  other: ["other"],
  crossed: ["person", "vehicle"],
  loitering: ["person"],
  waiting: ["person"],
  "parcel-left": [],
  "parcel-taken": [],
};

/**
 * By which words a kind is judged in an event; none = by no rule. A car that came in is judged as a car: of those who may have
 * done it, whoever was seen counts, then of whom the house is not sure, and in doubt all of them.
 */
export function judgedBy(kind: AlertKind, { what, said }: Named): readonly Judged[] {
  const all = doers[kind];
  const seen = all.filter((word) => what.includes(word));
  const unsure = all.filter((word) => said.some(({ label }) => label === word));
  return [seen, unsure].find((words) => words.length > 0) ?? all;
}
