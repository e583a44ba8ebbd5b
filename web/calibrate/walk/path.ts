/**
 * Path: the steps of a walk as lines to draw, cut where the answer changes. Pure.
 */
import type { Point } from "../../../hal/geometry.ts";

export interface PathLine {
  readonly seen: boolean;
  readonly points: readonly Point[];
}

interface Step {
  readonly wallMs: number;
  readonly at: Point;
  readonly seen: boolean;
}

/** After a longer pause somebody else may walk: no line across it. */
const pauseMs = 2_000;

/** Each line ends where the next begins; a single step is a line of one point. */
export function pathLines(path: readonly Step[]): PathLine[] {
  const lines: { seen: boolean; points: Point[] }[] = [];
  let before: Step | null = null;
  for (const step of path) {
    const joined = before !== null && step.wallMs - before.wallMs <= pauseMs;
    const last = lines.at(-1);
    if (last !== undefined && joined && last.seen === step.seen) last.points.push(step.at);
    else
      lines.push({ seen: step.seen, points: before !== null && joined ? [before.at, step.at] : [step.at] });
    before = step;
  }
  return lines;
}
