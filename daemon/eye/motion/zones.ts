/**
 * Zones: where motion counts, and what a sensitivity means.
 *
 * Sensitivity is 0..100 and asks for an amount of evidence in sixteenths of an octave (judge.ts).
 * 50 asks for 50: a squared contrast 8 times beyond the noise, held for a quarter second. 10 points
 * less ask for twice as much, 25 points more for half; 100 asks for 18, just above the noise ("the
 * least change fires"), and 0 never fires.
 *
 * A zone holds the cells of which at least half lies inside its polygon, or the best cell when it
 * is too small for that, or the cell under its middle when it misses every probe. No zones = one zone, "everywhere".
 */
import type { Point, Polygon } from "../../../hal/geometry.ts";
import { cellAt, placeIn, type Grid } from "./grid.ts";

export const everywhere = "everywhere";
/** A threshold that no evidence reaches. */
export const never = 256;

export interface MotionZone {
  readonly name: string;
  readonly polygon: Polygon;
  /** Absent = the sensitivity of the whole. */
  readonly sensitivity?: number | undefined;
}

export interface MotionSettings {
  readonly sensitivity: number;
  readonly zones: readonly MotionZone[];
}

/** A zone on the grid. */
export interface ZoneCells {
  readonly name: string;
  readonly threshold: number;
  readonly cells: Uint16Array;
}

export function thresholdOf(sensitivity: number): number {
  if (!(sensitivity > 0)) return never;
  const above = Math.min(100, sensitivity) - 50;
  return 50 - Math.round(above > 0 ? 0.64 * above : 1.6 * above);
}

export function zonesOn(grid: Grid, { sensitivity, zones }: MotionSettings): ZoneCells[] {
  if (zones.length === 0) {
    const cells = Uint16Array.from({ length: grid.cols * grid.rows }, (_, k) => k);
    return [{ name: everywhere, threshold: thresholdOf(sensitivity), cells }];
  }
  return zones.map((zone) => ({
    name: zone.name,
    threshold: thresholdOf(zone.sensitivity ?? sensitivity),
    cells: cellsIn(grid, zone.polygon),
  }));
}

/** Places looked at per cell, each way. */
const probes = 4;

function cellsIn(grid: Grid, polygon: Polygon): Uint16Array {
  const shares = Array.from({ length: grid.cols * grid.rows }, (_, k) => shareIn(grid, k, polygon));
  const most = shares.reduce((best, share) => Math.max(best, share), 0);
  if (most === 0) return Uint16Array.of(cellAt(grid, middleOf(polygon)));
  const enough = Math.min((probes * probes) / 2, most);
  return Uint16Array.from(shares.flatMap((share, k) => (share >= enough ? [k] : [])));
}

function middleOf(polygon: Polygon): Point {
  const sum = (axis: 0 | 1): number => polygon.reduce((total, point) => total + point[axis], 0);
  return [sum(0) / Math.max(1, polygon.length), sum(1) / Math.max(1, polygon.length)];
}

/** How many of a cell's probes lie inside. */
function shareIn(grid: Grid, cell: number, polygon: Polygon): number {
  let count = 0;
  for (let i = 0; i < probes * probes; i += 1) {
    const place = placeIn(grid, cell, [
      ((i % probes) + 0.5) / probes,
      (Math.floor(i / probes) + 0.5) / probes,
    ]);
    if (isInside(place, polygon)) count += 1;
  }
  return count;
}

/** Even-odd rule. */
function isInside([x, y]: readonly [number, number], polygon: Polygon): boolean {
  let inside = false;
  polygon.forEach(([x1, y1], i) => {
    const [x0, y0] = polygon[i === 0 ? polygon.length - 1 : i - 1] ?? [x1, y1];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)) inside = !inside;
  });
  return inside;
}
