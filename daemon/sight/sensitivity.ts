/**
 * Sensitivity: one number from 0 to 100, and what it asks for.
 *
 * It asks for an amount of evidence in sixteenths of an octave (daemon/eye/motion/judge.ts). 50 asks
 * for 50: a squared contrast 8 times beyond the noise, held for a quarter second. 10 points less ask
 * for twice as much, 25 points more for half; 100 asks for 18, just above the noise ("the least
 * change fires"), and 0 never fires.
 */

/** A threshold that no evidence reaches. */
export const never = 256;

export function thresholdOf(sensitivity: number): number {
  if (!(sensitivity > 0)) return never;
  const above = Math.min(100, sensitivity) - 50;
  return 50 - Math.round(above > 0 ? 0.64 * above : 1.6 * above);
}
