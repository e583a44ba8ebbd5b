/**
 * Zones: where motion counts, and how much of it is asked for there.
 *
 * A zone holds the cells of which at least half lies inside its polygon, or the best cell when it
 * is too small for that, or the cell under its middle when it misses every probe. No zones = one zone, "everywhere".
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { cellAt, placeIn, type Grid } from "./grid.ts";
import { levelAsked } from "./levels.ts";

export const everywhere = "everywhere";
export interface MotionZone {
  readonly name: string;
  readonly polygon: Polygon;
  /** Absent = the sensitivity of the whole. */
  readonly sensitivity?: number | undefined;
}

/** How bright the picture is, and what by: rules can ask for it. */
export const lights = ["bright", "dark", "infrared"] as const;
export type Light = (typeof lights)[number];

/**
 * Another sensitivity while all that it names holds; null or absent = whatever. Of several that hold for a
 * zone the first one counts.
 */
export interface SensitivityRule {
  /** Name of a zone. */
  readonly zone?: string | null | undefined;
  readonly light?: Light | null | undefined;
  /** Local time of day, "22:00"; `to` is the first minute that is not in it any more and may be the next day's. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly sensitivity: number;
}

export interface MotionSettings {
  readonly sensitivity: number;
  readonly zones: readonly MotionZone[];
  readonly rules?: readonly SensitivityRule[] | undefined;
}

/** A zone on the grid. */
export interface ZoneCells {
  readonly name: string;
  /** The least level that fires (levels.ts). */
  readonly asked: number;
  readonly cells: Uint16Array;
}

export function zonesOn(grid: Grid, { sensitivity, zones }: MotionSettings): ZoneCells[] {
  if (zones.length === 0) {
    const cells = Uint16Array.from({ length: grid.cols * grid.rows }, (_, k) => k);
    return [{ name: everywhere, asked: levelAsked(sensitivity), cells }];
  }
  return zones.map((zone) => ({
    name: zone.name,
    asked: levelAsked(zone.sensitivity ?? sensitivity),
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
