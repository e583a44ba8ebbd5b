/**
 * Day: which hour it is on the porch at a porch time.
 */
import { drift, hash } from "./math.ts";
import type { Porchly } from "./settings.ts";

const dayMs = 1_200_000;
/** The clock of `auto` at porch time 0: a little after ten in the morning. */
const autoStart = 0.43;

/** 0 = midnight, 0.5 = noon. */
export function dayFraction(settings: Porchly, tMs: number): number {
  const wander = drift(hash(settings.seed, 0xda1), tMs / 240_000) - 0.5;
  switch (settings.light) {
    case "day":
      return 0.6 + wander * 0.03;
    case "dusk":
      return 0.772 + wander * 0.012;
    case "night":
      return 0.96 + wander * 0.02;
    case "auto": {
      const day = autoStart + tMs / dayMs;
      return day - Math.floor(day);
    }
  }
}
