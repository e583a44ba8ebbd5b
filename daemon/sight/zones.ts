/**
 * Zones: where motion counts, and how much of it is asked for there.
 *
 * A zone holds the cells of which at least half lies inside its polygon, or the best cell when it
 * is too small for that, or the cell under its middle when it misses every probe. No zones = one zone, "everywhere".
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import { cellAt, placeIn, type Grid } from "./grid.ts";
import type { Fuse } from "./fusion.ts";
import { everywhere, firstMoment, levelIn, type Moment, type SensitivityRule } from "./rules.ts";

export { everywhere, lights, type Light, type SensitivityRule } from "./rules.ts";

export interface MotionZone {
  readonly name: string;
  readonly polygon: Polygon;
  /** Absent = the sensitivity of the whole. */
  readonly sensitivity?: number | undefined;
  /** How PIR and picture count together; absent = as for the whole. */
  readonly fuse?: Fuse | undefined;
}

export interface MotionSettings {
  readonly sensitivity: number;
  readonly zones: readonly MotionZone[];
  readonly rules?: readonly SensitivityRule[] | undefined;
  /** Absent = the picture alone. */
  readonly fuse?: Fuse | undefined;
  /** The PIR still counts so long after it fell; absent = `usualPirWindowMs`. */
  readonly pirWindowMs?: number | undefined;
}

export const usualPirWindowMs = 1_000;

/** Media time. */
export function pirWindowUs({ pirWindowMs = usualPirWindowMs }: MotionSettings): number {
  return pirWindowMs * 1_000;
}

/** A zone on the grid. */
export interface ZoneCells {
  readonly name: string;
  /** The least level that fires (levels.ts); 0 = whatever the picture shows (fusion.ts). */
  readonly asked: number;
  readonly cells: Uint16Array;
}

/** As they are at one moment. */
export function zonesOn(grid: Grid, settings: MotionSettings, moment: Moment = firstMoment): ZoneCells[] {
  return zonesInForce(grid, settings)(moment);
}

/**
 * The same for one moment after the other: what depends on the polygons is found once, and the answer
 * is the same array until light or minute are others.
 */
export function zonesInForce(grid: Grid, settings: MotionSettings): (moment: Moment) => ZoneCells[] {
  const places = settings.zones.map((zone) => ({ zone, cells: cellsIn(grid, zone.polygon) }));
  const all = places.length > 0 ? places : [{ zone: { name: everywhere }, cells: allCells(grid) }];
  const at = (moment: Moment): ZoneCells[] =>
    all.map(({ zone, cells }) => ({
      name: zone.name,
      asked: levelIn(settings, zone, moment),
      cells,
    }));
  let [last, zones]: [Moment, ZoneCells[]] = [firstMoment, at(firstMoment)];
  return ({ light, minute, pir }) => {
    if (light !== last.light || minute !== last.minute || pir !== last.pir) {
      last = { light, minute, pir };
      zones = at(last);
    }
    return zones;
  };
}

function allCells({ cols, rows }: Grid): Uint16Array {
  return Uint16Array.from({ length: cols * rows }, (_, k) => k);
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
