/**
 * Walk kept: was the door watched while somebody walked? A walk of which much is missing would be judged
 * "not seen", and the installer would turn the wrong thing.
 */
import { Fault } from "../../hal/fault.ts";
import type { Tracks } from "./tracks.ts";

/** Of a walk, so that it can be judged. */
const leastKeptFrac = 0.8;

/** Throws Fault `unavailable`. */
export function checkKept({ span, covered }: Tracks): void {
  const kept = covered.reduce((sum, { fromWallMs, toWallMs }) => {
    const [from, to] = [Math.max(fromWallMs, span.fromWallMs), Math.min(toWallMs, span.toWallMs)];
    return sum + Math.max(0, to - from);
  }, 0);
  const frac = kept / Math.max(1, span.toWallMs - span.fromWallMs);
  if (frac >= leastKeptFrac) return;
  const percent = Math.round(100 * frac);
  throw new Fault("unavailable", `only ${percent} % of the walk is in the motion journal`, {
    hint: "walk again while the camera runs and shows a picture",
  });
}
