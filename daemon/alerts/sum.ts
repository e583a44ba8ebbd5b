/**
 * Sum: what a digest says of many happenings, in a fixed size however many they are.
 */
import type { Happening } from "./verdict.ts";

export const sumReasons = ["quiet", "snooze", "flood"] as const;

export interface Sum {
  /** Why they were not told when they happened: the last silence, else flood. */
  readonly why: (typeof sumReasons)[number];
  readonly rings: number;
  readonly motions: number;
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
  readonly why: Sum["why"];
  readonly wallMs: number;
  readonly monoMs: number;
}

const mostZones = 16;

export function plus(sum: Sum | null, { id, kind, zones, why, wallMs, monoMs }: Held): Sum {
  const rings = kind === "ring" ? 1 : 0;
  const names = [...new Set([...(sum?.zones ?? []), ...zones])].slice(0, mostZones);
  return {
    why: why === "flood" ? (sum?.why ?? why) : why,
    rings: (sum?.rings ?? 0) + rings,
    motions: (sum?.motions ?? 0) + 1 - rings,
    firstWallMs: Math.min(sum?.firstWallMs ?? wallMs, wallMs),
    lastWallMs: Math.max(sum?.lastWallMs ?? wallMs, wallMs),
    firstMonoMs: sum?.firstMonoMs ?? monoMs,
    lastMonoMs: monoMs,
    lastId: id,
    zones: names,
  };
}

export function countOf(sum: Sum | null): number {
  return sum === null ? 0 : sum.rings + sum.motions;
}
