/**
 * Evidence: change and stir of every cell, two cells at a time. Twin: ../../evidence.ts.
 */
import {
  both,
  change,
  cols,
  gain,
  gainPrior,
  gainSlack,
  luma,
  lumaOffset,
  lumaWas,
  mean,
  moved,
  now,
  rows,
  stir,
  stride,
  was,
  weight,
} from "./memory";
import { pair, plane, storePair } from "./pairs";

/** Weighted sums over a cell's nine patches. */
function sumCells(contrast: usize, before: usize): void {
  const bytes = plane();
  const line = (<usize>stride) << 2;
  const end = line * <usize>(rows + 1);
  for (let at = line; at < end; at += 8) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    let i = at;
    for (let index = 0; index < 9; index++) {
      const w = pair(weight + i);
      const h = pair(contrast + i);
      const m = pair(mean + i);
      const step = f64x2.sub(h, pair(before + i));
      const wm = f64x2.mul(w, m);
      a = f64x2.add(a, f64x2.mul(f64x2.mul(w, h), h));
      b = f64x2.add(b, f64x2.mul(wm, h));
      c = f64x2.add(c, f64x2.mul(wm, m));
      d = f64x2.add(d, f64x2.mul(f64x2.mul(w, step), step));
      i += bytes;
    }
    storePair(now + at, a);
    storePair(both + at, b);
    storePair(was + at, c);
    storePair(moved + at, d);
  }
}

/** Sum over a cell and the one above and below. */
function column(at: usize, line: usize): v128 {
  return f64x2.add(f64x2.add(pair(at - line), pair(at)), pair(at + line));
}

/** Sum over a cell and its eight neighbours, columns first. */
function around(at: usize, line: usize): v128 {
  return f64x2.add(f64x2.add(column(at - 4, line), column(at, line)), column(at + 4, line));
}

/** About 16 * log2(1 + x), at most 255: from the bits of a float32, as in ../../octaves.ts. */
function octaves(x: v128): v128 {
  const bits = f32x4.demote_f64x2_zero(f64x2.add(f64x2.splat(1), x));
  const steps = i32x4.sub(i32x4.shr_s(bits, 19), i32x4.splat(127 << 4));
  return i32x4.min_s(steps, i32x4.splat(255));
}

export function weigh(contrast: usize, before: usize): void {
  sumCells(contrast, before);
  const line = (<usize>stride) << 2;
  const prior = f64x2.splat(gainPrior);
  const slack = f64x2.splat(gainSlack);
  const offset = f64x2.splat(lumaOffset);
  let k: usize = 0;
  for (let row = 1; row <= rows; row++) {
    let at = <usize>row * line + 4;
    for (let col = 0; col < cols; col += 2) {
      const ratio = f64x2.div(
        f64x2.add(around(luma + at, line), offset),
        f64x2.add(around(lumaWas + at, line), offset),
      );
      const best = f64x2.div(
        f64x2.add(around(both + at, line), f64x2.mul(prior, ratio)),
        f64x2.add(around(was + at, line), prior),
      );
      const least = f64x2.div(ratio, slack);
      const most = f64x2.mul(ratio, slack);
      const scale = f64x2.pmax(f64x2.pmin(best, most), least);
      const square = f64x2.mul(scale, scale);
      const noise = f64x2.mul(f64x2.splat(9), f64x2.pmax(f64x2.splat(1), square));
      const twice = f64x2.mul(f64x2.mul(f64x2.splat(2), scale), pair(both + at));
      const rest = f64x2.add(f64x2.sub(pair(now + at), twice), f64x2.mul(square, pair(was + at)));
      const changed = octaves(f64x2.div(f64x2.pmax(f64x2.splat(0), rest), noise));
      const stirred = octaves(f64x2.div(pair(moved + at), f64x2.mul(f64x2.splat(2), noise)));
      const scales = f32x4.demote_f64x2_zero(scale);
      v128.store32_lane(gain + at, scales, 0);
      store<u8>(change + k, i32x4.extract_lane(changed, 0));
      store<u8>(stir + k, i32x4.extract_lane(stirred, 0));
      if (col + 1 < cols) {
        v128.store32_lane(gain + at, scales, 1, 4);
        store<u8>(change + k, i32x4.extract_lane(changed, 1), 1);
        store<u8>(stir + k, i32x4.extract_lane(stirred, 1), 1);
        k++;
      }
      k++;
      at += 8;
    }
  }
}
