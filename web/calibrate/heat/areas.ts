/**
 * Areas: the zones of a draft on the grid that heat comes in. Pure.
 *
 * A draft changes its sensitivities many times a second while somebody drags, its polygons next to
 * never: which cells lie in a zone is worked out once, what is asked of them at every step (asks.ts).
 */
import type { Grid } from "../../../daemon/sight/grid.ts";
import { zonesOn, type ZoneCells } from "../../../daemon/sight/zones.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import type { HeatUnit } from "../../../daemon/wire/heat.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import { type Frame, seenAs } from "../../drawing/frame.ts";

export type Area = Pick<ZoneCells, "name" | "cells">;

export interface Areas {
  /** Says what these were made of: others with the same key are the same. */
  readonly key: string;
  readonly grid: Grid;
  /** "everywhere" alone where no zone is drawn. */
  readonly each: readonly Area[];
}

/** Where a zone is seen in the picture as it is shown. */
export function polygonSeen(polygon: Polygon, frame: Frame): Polygon {
  return polygon.map((point) => seenAs(frame, point));
}

interface Drawn {
  readonly zones: Zones["zones"];
  readonly frame: Frame;
}

/** `before` when nothing about them has changed. */
export function areasOf(unit: Pick<HeatUnit, "cols" | "rows">, drawn: Drawn, before: Areas | null): Areas {
  const { cols, rows } = unit;
  const zones = drawn.zones.map(({ name, polygon }) => ({ name, polygon }));
  const key = JSON.stringify([cols, rows, drawn.frame, zones]);
  if (before?.key === key) return before;
  // in cells: nobody here speaks of pixels
  const grid = { width: cols, height: rows, cols, rows, patchCols: cols, patchRows: rows };
  const seen = zones.map(({ name, polygon }) => ({ name, polygon: polygonSeen(polygon, drawn.frame) }));
  return { key, grid, each: zonesOn(grid, { sensitivity: 0, zones: seen }) };
}
