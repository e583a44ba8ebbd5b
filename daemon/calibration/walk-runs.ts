/**
 * Walk runs: a path in pieces that are all seen or all not, and without holes where nobody knows the way.
 */
import type { Walk } from "../wire/api-calibration.ts";

/** Places further apart than this in time or space are not joined. */
const apart = { ms: 1_000, frac: 0.3 };

export type WalkPoint = Walk["path"][number];

export interface Run {
  readonly seen: boolean;
  readonly points: WalkPoint[];
}

/** A run ends where sight does; the next one begins at its last place, so that the line has no gap. */
export function runsOf(path: readonly WalkPoint[]): Run[] {
  const runs: Run[] = [];
  for (const point of path) {
    const run = runs.at(-1);
    const last = run?.points.at(-1);
    if (run === undefined || last === undefined || isApart(last, point))
      runs.push({ seen: point.seen, points: [point] });
    else if (run.seen !== point.seen) runs.push({ seen: point.seen, points: [last, point] });
    else run.points.push(point);
  }
  return runs;
}

function isApart(a: WalkPoint, b: WalkPoint): boolean {
  return b.wallMs - a.wallMs > apart.ms || Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) > apart.frac;
}
