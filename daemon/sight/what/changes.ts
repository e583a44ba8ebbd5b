/**
 * Changes: patches that differ, joined to things of a plausible size and place.
 *
 * A thing that was put down is some patches large, no part of the picture's upper quarter, and not a stripe. Where half the
 * picture differs, or a dozen things at once, it is the light, the camera or a door: then nothing was put down.
 */
import { boxesOf } from "../boxes.ts";
import type { Grid } from "../grid.ts";
import { boxFrom, grown, middleOf, overlap, sharedArea, type Box } from "./box.ts";
import { differing, type Scene } from "./scene.ts";

/** Of the picture, each side. */
const sizes = { least: 0.022, most: 0.34 } as const;
const highest = 0.28;
const thinnest = 4;
const mostThings = 8;
const mostFrac = 0.2;

/** null = nothing can be said of this picture. */
export function changesBetween(before: Scene, now: Scene): Box[] | null {
  const changed = differing(before, now);
  if (changed === null) return null;
  const { cols, rows, visible } = before;
  const count = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0);
  if (count(changed) > mostFrac * count(visible)) return null;
  const grid: Grid = { cols, rows, width: cols, height: rows, patchCols: cols, patchRows: rows };
  const things = joined(boxesOf(widened(changed, grid), grid).map((box) => boxFrom(box, grid)))
    .map((box) => narrowed(box, grid))
    .filter(isPlausible);
  return things.length > mostThings ? null : things;
}

function isPlausible(box: Box): boolean {
  const [, , w, h] = box;
  const [, y] = middleOf(box);
  const long = Math.max(w, h);
  return (
    Math.min(w, h) >= sizes.least && long <= sizes.most && y >= highest && long <= thinnest * Math.min(w, h)
  );
}

/** An outline has gaps: every mark takes its neighbours along, and the box gives them back. */
function widened(marks: Uint8Array, { cols, rows }: Grid): Uint8Array {
  const wide = new Uint8Array(marks.length);
  for (let k = 0; k < marks.length; k += 1) {
    if (marks[k] !== 1) continue;
    const [col, row] = [k % cols, Math.floor(k / cols)];
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r += 1)
      for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c += 1) wide[r * cols + c] = 1;
  }
  return wide;
}

function narrowed([x, y, w, h]: Box, { cols, rows }: Grid): Box {
  return [x + 1 / cols, y + 1 / rows, w - 2 / cols, h - 2 / rows];
}

/** Boxes that overlap are one thing: its upper and its lower edge. */
function joined(boxes: readonly Box[]): Box[] {
  const left = [...boxes];
  const things: Box[] = [];
  for (let box = left.shift(); box !== undefined; box = left.shift()) {
    const near = grown(box, 0.1);
    const at = left.findIndex((other) => sharedArea(near, other) > 0);
    const other = left[at];
    if (other === undefined) {
      things.push(box);
      continue;
    }
    left.splice(at, 1);
    const [x0, y0] = [Math.min(box[0], other[0]), Math.min(box[1], other[1])];
    const x1 = Math.max(box[0] + box[2], other[0] + other[2]);
    const y1 = Math.max(box[1] + box[3], other[1] + other[3]);
    left.unshift([x0, y0, x1 - x0, y1 - y0]);
  }
  return things;
}

/** The same thing, a second later. */
export function isSameThing(a: Box, b: Box): boolean {
  return overlap(a, b) >= 0.5;
}
