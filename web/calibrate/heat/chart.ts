/**
 * Chart: the score of the last minute as a line in a box. Pure; score-chart.tsx paints it.
 *
 * The threshold lies in the middle of the height; what is more than twice of it is cut off at the top.
 */
import { traceMs } from "./trace.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Scored {
  readonly wallMs: number;
  readonly score: number;
}

export const threshold = 100;
const highest = 2 * threshold;
/** So that a line along the edge is whole. */
const marginPx = 2;
/** A longer silence is a hole in the line. */
const holeMs = 1_000;

export interface Box {
  readonly width: number;
  readonly height: number;
}

export function heightOf(score: number, { height }: Box): number {
  return marginPx + (height - 2 * marginPx) * (1 - Math.min(highest, Math.max(0, score)) / highest);
}

/** One run of points per stretch without a hole, `nowMs` at the right edge. Points that share a pixel keep the highest. */
export function linesOf(scored: readonly Scored[], nowMs: number, box: Box): Place[][] {
  const lines: Place[][] = [];
  let lastMs = -Infinity;
  for (const { wallMs, score } of scored) {
    const x = Math.round(box.width * (1 + (wallMs - nowMs) / traceMs));
    if (x < 0 || x > box.width) continue;
    const point = { x, y: heightOf(score, box) };
    const line = wallMs - lastMs > holeMs ? undefined : lines.at(-1);
    lastMs = wallMs;
    const before = line?.at(-1);
    if (line === undefined) lines.push([point]);
    else if (before?.x !== x) line.push(point);
    else if (point.y < before.y) line[line.length - 1] = point;
  }
  return lines;
}
