/**
 * Background: one picture learnt, two cells at a time. Twin: `learn` in ../../background.ts.
 */
import {
  floorVariance,
  forgetRate,
  forgetVarianceRate,
  gain,
  jitter,
  learnRate,
  learnVarianceRate,
  luma,
  lumaWas,
  mean,
  outlierVariances,
  rows,
  slow,
  stride,
  texture,
  variance,
  visible,
  weight,
} from "./memory";
import { pair, plane, rounded, storePair } from "./pairs";

/** Every second row of cells, from row `first` (0 or 1). */
export function learn(contrast: usize, first: i32): void {
  const line = (<usize>stride) << 2;
  for (let row = first; row < rows; row += 2) {
    const start = <usize>(row + 1) * line;
    for (let at = start; at < start + line; at += 8) learnPair(contrast, at);
  }
}

function learnPair(contrast: usize, at: usize): void {
  const bytes = plane();
  const lightWas = pair(lumaWas + at);
  const lightOff = f64x2.sub(pair(luma + at), lightWas);
  storePair(lumaWas + at, f64x2.add(lightWas, f64x2.mul(f64x2.splat(learnRate), lightOff)));

  const isSlow = f64x2.ne(pair(slow + at), f64x2.splat(0));
  const meanRate = v128.bitselect(f64x2.splat(forgetRate), f64x2.splat(learnRate), isSlow);
  const varianceRate = v128.bitselect(
    f64x2.splat(forgetVarianceRate),
    f64x2.splat(learnVarianceRate),
    isSlow,
  );
  const scale = pair(gain + at);
  const floor = f64x2.splat(floorVariance);
  const outliers = f64x2.splat(outlierVariances);
  let detail = pair(texture + at);
  let i = at;
  for (let row = 0; row < 3; row++) {
    const sway = f64x2.add(floor, f64x2.mul(f64x2.splat(jitter), detail));
    let square = f64x2.splat(0);
    for (let col = 0; col < 3; col++) {
      const was = pair(mean + i);
      const now = pair(contrast + i);
      const wide = pair(variance + i);
      const off = f64x2.sub(now, f64x2.mul(scale, was));
      const most = f64x2.mul(outliers, f64x2.add(wide, floor));
      const seen = f64x2.pmin(most, f64x2.mul(off, off));
      const middle = f64x2.add(was, f64x2.mul(meanRate, f64x2.sub(now, was)));
      const spread = f64x2.add(wide, f64x2.mul(varianceRate, f64x2.sub(seen, wide)));
      storePair(mean + i, middle);
      storePair(variance + i, spread);
      storePair(weight + i, f64x2.div(pair(visible + i), f64x2.add(spread, sway)));
      square = f64x2.add(square, f64x2.mul(middle, middle));
      i += bytes;
    }
    const off = f64x2.sub(f64x2.div(square, f64x2.splat(3)), detail);
    detail = rounded(f64x2.add(detail, f64x2.div(off, f64x2.splat(16))));
  }
  storePair(texture + at, detail);
}
