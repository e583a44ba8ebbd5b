/**
 * Verdict: the judge's cells against the zones' thresholds. The only place where a setting counts.
 */
import type { BoxPx } from "../../../hal/geometry.ts";
import { boxesOf } from "./boxes.ts";
import type { Grid } from "./grid.ts";
import type { ZoneCells } from "./zones.ts";

export interface Verdict {
  readonly motion: boolean;
  /** Best evidence in any zone in hundredths of its threshold: from 100 on it is motion. */
  readonly score: number;
  /** Names of the zones that fired, in the settings' order. */
  readonly zones: readonly string[];
  /** Where, in pixels of the full picture; only cells of zones that fired. Largest first. */
  readonly boxes: readonly BoxPx[];
}

export const quiet: Verdict = { motion: false, score: 0, zones: [], boxes: [] };

export function verdictOf(worth: Uint8Array, grid: Grid, zones: readonly ZoneCells[]): Verdict {
  let score = 0;
  const fired: ZoneCells[] = [];
  for (const zone of zones) {
    if (zone.threshold > 255) continue;
    let most = 0;
    for (const k of zone.cells) most = Math.max(most, worth[k] ?? 0);
    score = Math.max(score, Math.floor((100 * most) / zone.threshold));
    if (most >= zone.threshold) fired.push(zone);
  }
  if (fired.length === 0) return score === 0 ? quiet : { ...quiet, score };
  const cells = new Uint8Array(worth.length);
  for (const { cells: inZone, threshold } of fired) {
    for (const k of inZone) if ((worth[k] ?? 0) >= threshold) cells[k] = 1;
  }
  return { motion: true, score, zones: fired.map((zone) => zone.name), boxes: boxesOf(cells, grid) };
}
