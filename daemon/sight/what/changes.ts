/**
 * Changes: patches that differ, joined to things of a plausible size and place.
 *
 * A thing that was put down is some patches large, no part of the picture's upper quarter, and not a stripe. Where half the
 * picture differs, or a dozen things at once, it is the light, the camera or a door: then nothing was put down.
 */
import { boxesOf } from "../boxes.ts";
import type { Grid } from "../grid.ts";
import { boxFrom, grown, middleOf, overlap, sharedArea, union, type Box } from "./box.ts";
import { differing, type Scene } from "./scene.ts";
import { windowReach } from "./windows.ts";

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
  if (count(changed) > mostFrac * count(visible)) return null;
  const grid: Grid = { cols, rows, width: cols, height: rows, patchCols: cols, patchRows: rows };
  const boxes = boxesOf(changed, grid).map((box) => narrowed(boxFrom(box, grid), grid));
  const small = boxes.filter((box) => box[2] > 0 && box[3] > 0 && longOf(box) <= sizes.most);
  const things = joined(small).filter(isPlausible);
  return things.length > mostThings ? null : things;
}

function count(marks: Uint8Array): number {
  let sum = 0;
  for (let k = 0; k < marks.length; k += 1) sum += marks[k] as number;
  return sum;
}

function isPlausible(box: Box): boolean {
  const [, , w, h] = box;
  const [, y] = middleOf(box);
  const long = longOf(box);
  return (
    Math.min(w, h) >= sizes.least && long <= sizes.most && y >= highest && long <= thinnest * Math.min(w, h)
  );
}

function longOf([, , w, h]: Box): number {
  return Math.max(w, h);
}

/** A window differs as soon as it reaches the thing. */
function narrowed([x, y, w, h]: Box, { cols, rows }: Grid): Box {
  const [dx, dy] = [windowReach / cols, windowReach / rows];
  return [x + dx, y + dy, w - 2 * dx, h - 2 * dy];
}

/** Boxes that nearly touch are one thing, its upper and its lower edge; not a thing and the edge of a shadow around it. */
function joined(boxes: readonly Box[]): Box[] {
  const left = [...boxes];
  const things: Box[] = [];
  for (let box = left.shift(); box !== undefined; box = left.shift()) {
    const near = grown(box, 0.1);
    const at = left.findIndex(
      (other) => sharedArea(near, other) > 0 && longOf(union(box, other)) <= sizes.most,
    );
    const other = left[at];
    if (other === undefined) {
      things.push(box);
      continue;
    }
    left.splice(at, 1);
    left.unshift(union(box, other));
  }
  return things;
}

/** The same thing, a second later. */
export function isSameThing(a: Box, b: Box): boolean {
  return overlap(a, b) >= 0.5;
}
