/**
 * Mathematics that gives the same bits in every engine and on every machine.
 *
 * IEEE 754 fixes + - * / and the square root to the last bit; sine, power and exponential are
 * left to each engine. The porch uses only the former, a polynomial sine, and integer hashes
 * for chance. Nothing here keeps state: a random number is a hash of what it belongs to.
 */

/** Well-mixed 32-bit hash of up to four integers. */
export function hash(a: number, b = 0, c = 0, d = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16) ^ d, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The same as a fraction, 0 <= x < 1. */
export function chance(a: number, b = 0, c = 0, d = 0): number {
  return hash(a, b, c, d) / 4_294_967_296;
}

/** A number of the range, drawn by hash. */
export function between(low: number, high: number, fraction: number): number {
  return low + (high - low) * fraction;
}

export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

export function mix(a: number, b: number, fraction: number): number {
  return a + (b - a) * fraction;
}

/** 0 at `from`, 1 at `to` (either order), with soft ends. */
export function smooth(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Sine of a whole turn's fraction: sineTurns(0.25) = 1. Error below 1e-5. */
export function sineTurns(turns: number): number {
  let t = turns - Math.floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = t * 6.283185307179586;
  const q = x * x;
  return x * (1 - q * (0.16666666 - q * (0.0083333315 - q * (0.00019840874 - q * 0.0000027525562))));
}

/** Smooth noise over time or length, 0..1, one bump per unit of x. */
export function drift(seed: number, x: number): number {
  const i = Math.floor(x);
  return mix(chance(seed, i), chance(seed, i + 1), smooth(0, 1, x - i));
}

/** Smooth noise over a plane, 0..1, one bump per unit. */
export function noise2(seed: number, x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const top = mix(lattice(seed, ix, iy), lattice(seed, ix + 1, iy), sx);
  const low = mix(lattice(seed, ix, iy + 1), lattice(seed, ix + 1, iy + 1), sx);
  return mix(top, low, sy);
}

/** Cheaper hash for textures: one value of the plane's integer grid, 0..1. */
export function lattice(seed: number, ix: number, iy: number): number {
  let h = Math.imul(ix, 0x1b873593) ^ Math.imul(iy, 0x19d699a5) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
}
