/**
 * Verdict: the cells' levels against what the zones ask for. The only place where a setting counts.
 */
import type { BoxPx } from "../../hal/geometry.ts";
import { boxesOf } from "./boxes.ts";
import type { Grid } from "./grid.ts";
import { neverLevel, scoreOf } from "./levels.ts";
import type { ZoneCells } from "./zones.ts";

export interface Verdict {
  readonly motion: boolean;
  /** Best evidence in any zone in hundredths of its threshold: from 100 on it is motion. */
  readonly score: number;
  /** Names of the zones that fired, in the settings' order. */
  readonly zones: readonly string[];
  /** Where, in pixels of the full picture; only cells of zones that fired. Largest first. */
  readonly boxes: readonly BoxPx[];
  /** Something stirs in a zone that fired: false = only the PIR says so (fusion.ts). */
  readonly pictured: boolean;
}

export const quiet: Verdict = { motion: false, score: 0, zones: [], boxes: [], pictured: false };

/** `levels` per cell (levels.ts), row by row. */
export function verdictOf(levels: Uint8Array, grid: Grid, zones: readonly ZoneCells[]): Verdict {
  const { score, fired, pictured } = firedIn(levels, zones);
  if (fired.length === 0) return score === 0 ? quiet : { ...quiet, score };
  const cells = new Uint8Array(levels.length);
  for (const { cells: inZone, asked } of fired) {
    for (const k of inZone) if ((levels[k] ?? 0) >= Math.max(1, asked)) cells[k] = 1;
  }
  return {
    motion: true,
    score,
    zones: fired.map((zone) => zone.name),
    boxes: boxesOf(cells, grid),
    pictured,
  };
}

/** The same without boxes, for whom only events matter. */
export function briefVerdictOf(levels: Uint8Array, zones: readonly ZoneCells[]): Verdict {
  const { score, fired, pictured } = firedIn(levels, zones);
  if (fired.length === 0) return score === 0 ? quiet : { ...quiet, score };
  return { motion: true, score, zones: fired.map((zone) => zone.name), boxes: [], pictured };
}

function firedIn(
  levels: Uint8Array,
  zones: readonly ZoneCells[],
): { readonly score: number; readonly fired: readonly ZoneCells[]; readonly pictured: boolean } {
  let [score, pictured] = [0, false];
  const fired: ZoneCells[] = [];
  for (const zone of zones) {
    if (zone.asked >= neverLevel) continue;
    const { cells } = zone;
    let most = 0;
    for (let i = 0; i < cells.length; i += 1) {
      const level = levels[cells[i] ?? 0] ?? 0;
      if (level > most) most = level;
    }
    score = Math.max(score, scoreOf(most, zone.asked));
    if (most < zone.asked) continue;
    fired.push(zone);
    pictured ||= most > 0;
  }
  return { score, fired, pictured };
}
