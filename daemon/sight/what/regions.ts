/**
 * Regions: where it is worth looking, from the boxes of movement. At most `mostRegions`.
 *
 * Movement comes in pieces (a head, two legs, a bag): boxes that nearly touch are one region. Where there are still more
 * than can be looked at, the largest are. With no box at all (only the PIR says that something moved) it is the middle of
 * the picture.
 */
import type { Grid } from "../grid.ts";
import { areaOf, sharedArea, union, type Box } from "./box.ts";

export const mostRegions = 4;
/** Boxes this near are one body, in cells of the motion grid. */
const apart = 1.01;
/** Where somebody stands whom only the PIR sees. */
export const middleRegion: Box = [0.2, 0.1, 0.6, 0.9];

export function regionsOf(boxes: readonly Box[], { cols, rows }: Pick<Grid, "cols" | "rows">): Box[] {
  const reach = [apart / cols, apart / rows] as const;
  let regions: Box[] = [];
  for (const box of boxes) regions = withBox(regions, box, reach);
  return regions.toSorted((a, b) => areaOf(b) - areaOf(a)).slice(0, mostRegions);
}

/** Joining may bring a region near to the next one: it is put in again until nothing is near. */
function withBox(regions: readonly Box[], box: Box, reach: readonly [number, number]): Box[] {
  const at = regions.findIndex((region) => isNear(region, box, reach));
  const near = regions[at];
  if (near === undefined) return [...regions, box];
  return withBox(regions.toSpliced(at, 1), union(near, box), reach);
}

function isNear([x, y, w, h]: Box, other: Box, [dx, dy]: readonly [number, number]): boolean {
  return sharedArea([x - dx, y - dy, w + 2 * dx, h + 2 * dy], other) > 0;
}
