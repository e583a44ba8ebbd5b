/**
 * Octaves: evidence as a small whole number, 16 steps per doubling.
 *
 * Read straight from the bits of a float32: the exponent is the octave, the first 4 bits of the
 * mantissa are the step within it (evenly spaced, so up to 1.4 steps above the true logarithm).
 * Exact on every machine, unlike Math.log.
 */
export const maxEvidence = 255;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);
const mantissaBits = 23;
const stepBits = 4;
const bias = 127 << stepBits;

/** About 16 * log2(1 + x) for x >= 0, at most 255; grows with x. */
export function octaves(x: number): number {
  float[0] = 1 + x;
  const steps = ((bits[0] ?? 0) >> (mantissaBits - stepBits)) - bias;
  return steps > maxEvidence ? maxEvidence : steps;
}
