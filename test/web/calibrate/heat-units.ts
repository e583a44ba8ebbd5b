/** Heat as the doorbell sends it, for the page's tests. */
import type { HeatUnit } from "../../../daemon/wire/heat.ts";

export const cols = 8;
export const rows = 4;

/** Levels by cell; all others are 0. */
export function heat(levels: Readonly<Record<number, number>>, change: Partial<HeatUnit> = {}): HeatUnit {
  const each = new Uint8Array(cols * rows);
  for (const [cell, level] of Object.entries(levels)) each[Number(cell)] = level;
  return {
    ptsUs: 0,
    wallMs: 1_000,
    light: "bright",
    cols,
    rows,
    levels: each,
    stirring: new Uint8Array(cols * rows),
    ...change,
  };
}
