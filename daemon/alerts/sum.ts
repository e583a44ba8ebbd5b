/**
 * Sum: what a digest says of many happenings, in a fixed size however many they are.
 */
import { z } from "zod";
import { addCounts, noCounts, type Counts, type CountWord } from "./counts.ts";
import type { AlertKind } from "./kinds.ts";
import type { Happening } from "./verdict.ts";

export const sumReasons = ["quiet", "snooze", "flood"] as const;

const some = z.int().min(0);
/** What says nothing of persons and the like was written before there were labels. */
export const countShapes = {
  rings: some,
  motions: some,
  persons: some.default(0),
  vehicles: some.default(0),
  animals: some.default(0),
  parcels: some.default(0),
};

/** An event counts once; of parcels each does. */
export const wordOf: Readonly<Record<AlertKind, CountWord>> = {
  ring: "rings",
  motion: "motions",
  other: "motions",
  person: "persons",
  vehicle: "vehicles",
  animal: "animals",
  crossed: "persons",
  loitering: "persons",
  waiting: "persons",
  "parcel-left": "parcels",
  "parcel-taken": "parcels",
};

export function countsOfOne(kind: AlertKind): Counts {
  return { ...noCounts, [wordOf[kind]]: 1 };
}

export interface Sum extends Counts {
  /** Why they were not told when they happened: the last silence, else flood. */
  readonly why: (typeof sumReasons)[number];
  readonly firstWallMs: number;
  readonly lastWallMs: number;
  /** Running time, to say how long ago they were. */
  readonly firstMonoMs: number;
  readonly lastMonoMs: number;
  /** The newest of them. */
  readonly lastId: string;
  /** Where it moved. */
  readonly zones: readonly string[];
}

export interface Held extends Happening {
  readonly id: string;
  /** Its event is in here already. */
  readonly isCounted: boolean;
  readonly why: Sum["why"];
  readonly wallMs: number;
  readonly monoMs: number;
}

const mostZones = 16;

export function plus(sum: Sum | null, { id, kind, zones, isCounted, why, wallMs, monoMs }: Held): Sum {
  const isMore = !isCounted || wordOf[kind] === "parcels";
  const names = [...new Set([...(sum?.zones ?? []), ...zones])].slice(0, mostZones);
  return {
    ...addCounts(sum ?? noCounts, isMore ? countsOfOne(kind) : noCounts),
    why: why === "flood" ? (sum?.why ?? why) : why,
    firstWallMs: Math.min(sum?.firstWallMs ?? wallMs, wallMs),
    lastWallMs: Math.max(sum?.lastWallMs ?? wallMs, wallMs),
    firstMonoMs: sum?.firstMonoMs ?? monoMs,
    lastMonoMs: monoMs,
    lastId: id,
    zones: names,
  };
}
