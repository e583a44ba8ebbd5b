/**
 * Octaves: evidence as a small whole number, 16 steps per doubling.
 *
 * Built from exact operations only (multiply, compare, square root), never Math.log: the same
 * number gives the same step on every machine.
 */
export const stepsPerOctave = 16;
export const maxEvidence = 255;

const root = Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(2))));
/** steps[i] = 2^(i/16), i < 16. */
const steps = Float64Array.from({ length: stepsPerOctave }, () => 1);
for (let i = 1; i < stepsPerOctave; i += 1) steps[i] = (steps[i - 1] ?? 1) * root;

/** floor(16 * log2(1 + x)) for x >= 0, at most 255. */
export function octaves(x: number): number {
  const value = 1 + x;
  if (!(value < 65_536)) return maxEvidence;
  const whole = 31 - Math.clz32(value);
  const mantissa = value / (1 << whole);
  let step = mantissa >= (steps[8] ?? 0) ? 8 : 0;
  if (mantissa >= (steps[step + 4] ?? 0)) step += 4;
  if (mantissa >= (steps[step + 2] ?? 0)) step += 2;
  if (mantissa >= (steps[step + 1] ?? 0)) step += 1;
  return Math.min(maxEvidence, whole * stepsPerOctave + step);
}
