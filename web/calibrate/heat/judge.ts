/**
 * Judge: what a draft makes of one picture's heat: would it be motion, in which zones, where. Pure.
 *
 * The verdict is the doorbell's own (daemon/sight/verdict.ts), on levels that the doorbell counted: only
 * the sensitivities are the draft's.
 */
import { placeIn } from "../../../daemon/sight/grid.ts";
import { neverLevel } from "../../../daemon/sight/levels.ts";
import { verdictOf, type Verdict } from "../../../daemon/sight/verdict.ts";
import type { HeatUnit } from "../../../daemon/wire/heat.ts";
import type { Point } from "../../../hal/geometry.ts";
import type { Areas } from "./areas.ts";

export interface Judged {
  readonly verdict: Verdict;
  /** The best level in each area. */
  readonly most: Uint8Array;
  /** Middle of what fires, or else of what stirs in an area, in fractions of the picture; null = nothing does. */
  readonly at: Point | null;
}

export function judge(unit: HeatUnit, areas: Areas, asks: readonly number[]): Judged {
  const { grid, each } = areas;
  const zones = each.map((area, i) => ({ ...area, asked: asks[i] ?? neverLevel }));
  const verdict = verdictOf(unit.levels, grid, zones);
  const most = Uint8Array.from(each, ({ cells }) => mostIn(unit.levels, cells));
  const fired = zones.filter(({ name }) => verdict.zones.includes(name));
  const from = fired.length > 0 ? fired : zones.map((zone) => ({ ...zone, asked: 1 }));
  return { verdict, most, at: middleOf(unit, areas, from) };
}

function mostIn(levels: Uint8Array, cells: Uint16Array): number {
  let most = 0;
  for (const k of cells) most = Math.max(most, levels[k] ?? 0);
  return most;
}

function middleOf(
  { levels }: HeatUnit,
  { grid }: Areas,
  zones: readonly { readonly cells: Uint16Array; readonly asked: number }[],
): Point | null {
  let [weight, across, down] = [0, 0, 0];
  for (const { cells, asked } of zones) {
    for (const k of cells) {
      const level = levels[k] ?? 0;
      if (level < asked) continue;
      const [x, y] = placeIn(grid, k, [0.5, 0.5]);
      weight += level;
      across += level * x;
      down += level * y;
    }
  }
  return weight === 0 ? null : [across / weight, down / weight];
}

/** Per cell the least that is asked for there; 101 (never) where no zone is. */
export function asksPerCell({ grid, each }: Areas, asks: readonly number[]): Uint8Array {
  const perCell = new Uint8Array(grid.cols * grid.rows).fill(neverLevel);
  each.forEach(({ cells }, i) => {
    const asked = asks[i] ?? neverLevel;
    for (const k of cells) perCell[k] = Math.min(perCell[k] ?? neverLevel, asked);
  });
  return perCell;
}
