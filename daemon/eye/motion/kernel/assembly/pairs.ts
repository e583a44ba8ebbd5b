/**
 * Pairs: two neighbouring cells at a time. State is float32, every sum and product float64, as in
 * plain TypeScript: widening, rounding and the order of additions are the twin's.
 */
import { size } from "./memory";

/** Bytes from one plane of float32 to the next. */
export function plane(): usize {
  return (<usize>size) << 2;
}

/** Two float32 as float64. */
export function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** Rounds two float64 and stores them. */
export function storePair(at: usize, values: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(values), 0);
}

/** As a float32 keeps it. */
export function rounded(values: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(values));
}
