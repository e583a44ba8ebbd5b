/**
 * Objectness: rows of a box, how sure it is that there is anything, and how sure of each label (YOLOX, YOLOv5).
 *
 * One label for a box, the surest of all the file has; its score is the product of the two.
 */
import type { Corners } from "../input/placement.ts";
import type { Candidates } from "./candidates.ts";

export interface RowsOf {
  /** The first row, and how many. */
  readonly first: number;
  readonly rows: number;
  /** Of labels. */
  readonly count: number;
  readonly into: Candidates;
}

type ToCorners = (x: number, y: number, w: number, h: number, row: number) => Corners;

export function rowsWithObjectness(
  data: Float32Array,
  { first, rows, count, into }: RowsOf,
  toCorners: ToCorners,
): void {
  const length = 5 + count;
  for (let row = 0; row < rows; row += 1) {
    const at = (first + row) * length;
    const objectness = data[at + 4] as number;
    if (objectness < into.least) continue;
    const best = surest(data, at + 5, count);
    const score = objectness * (data[at + 5 + best] as number);
    if (score < into.least) continue;
    const [x, y, w, h] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
    into.add(best, score, toCorners(x, y, w, h, row));
  }
}

/** Place of the largest of `count` figures. */
export function surest(data: Float32Array, first: number, count: number): number {
  let best = 0;
  for (let at = 1; at < count; at += 1) {
    if ((data[first + at] as number) > (data[first + best] as number)) best = at;
  }
  return best;
}
