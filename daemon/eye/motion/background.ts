/**
 * Background: what the empty scene looks like, and how much each patch of it wavers.
 *
 * Per patch a running mean and variance of its contrast; per cell a running luma. Empty cells
 * learn within seconds, occupied ones (occupancy.ts says which) are kept for minutes. Nothing here
 * depends on a sensitivity or a zone: the same pictures make the same background for every setting.
 *
 * State is plain typed arrays. Patches that the privacy mask touches have weight 0 for ever.
 */
import { cellOfPatch, patchesPerCell, type Grid } from "../../sight/grid.ts";
import type { Tuning } from "./tuning.ts";

export interface Background {
  /** Pictures learnt so far. */
  pictures: number;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** 1 / expected squared deviation; 0 = not judged. */
  readonly weight: Float32Array;
  readonly luma: Float32Array;
  /** Per cell, mean square of its patches' means. */
  readonly texture: Float32Array;
}

export function emptyBackground(grid: Grid): Background {
  const patches = grid.patchCols * grid.patchRows;
  const cells = grid.cols * grid.rows;
  return {
    pictures: 0,
    mean: new Float32Array(patches),
    variance: new Float32Array(patches),
    weight: new Float32Array(patches),
    luma: new Float32Array(cells),
    texture: new Float32Array(cells),
  };
}

/** One picture of the warm-up: plain mean and variance of all so far. */
export function learnFirst(model: Background, contrast: Float32Array, luma: Float32Array): void {
  const { mean, variance } = model;
  model.pictures += 1;
  const share = 1 / model.pictures;
  const varianceShare = model.pictures > 1 ? 1 / (model.pictures - 1) : 0;
  for (let i = 0; i < mean.length; i += 1) {
    const was = mean[i] ?? 0;
    const off = (contrast[i] ?? 0) - was;
    const spread = variance[i] ?? 0;
    mean[i] = was + share * off;
    variance[i] = spread + varianceShare * (off * off * (1 - share) - spread);
  }
  for (let k = 0; k < model.luma.length; k += 1) {
    const was = model.luma[k] ?? 0;
    model.luma[k] = was + share * ((luma[k] ?? 0) - was);
  }
}

/** End of the warm-up: variance of few pictures is too small, and every patch gets its weight. */
export function settle(model: Background, { grid, tuning, visible }: Omit<LearnPlan, "rates">): void {
  const { mean, variance, weight, texture } = model;
  const jitter = tuning.jitterFrac * tuning.jitterFrac;
  for (let i = 0; i < mean.length; i += 1) {
    const k = cellOfPatch(grid, i);
    texture[k] = (texture[k] ?? 0) + ((mean[i] ?? 0) * (mean[i] ?? 0)) / (patchesPerCell * patchesPerCell);
  }
  for (let i = 0; i < mean.length; i += 1) {
    const wide = (variance[i] ?? 0) * tuning.warmUpVarianceFactor;
    variance[i] = wide;
    weight[i] =
      (visible[i] ?? 0) / (wide + tuning.floorVariance + jitter * (texture[cellOfPatch(grid, i)] ?? 0));
  }
}

/** Rows of cells take turns: each learns from every second picture, twice as fast. */
const turns = 2;

export interface Rates {
  readonly learn: number;
  readonly forget: number;
  readonly learnVariance: number;
  readonly forgetVariance: number;
}

export function ratesOf(tuning: Tuning, fps: number): Rates {
  const rate = (ms: number): number => Math.min(1, (turns * 1_000) / (ms * fps));
  return {
    learn: rate(tuning.learnMs),
    forget: rate(tuning.forgetMs),
    learnVariance: rate(tuning.learnVarianceMs),
    forgetVariance: rate(tuning.forgetVarianceMs),
  };
}

/** One picture as evidence.ts saw it. */
export interface Lesson {
  readonly contrast: Float32Array;
  readonly luma: Float32Array;
  /** Per cell: how the light scaled its contrast. */
  readonly gain: Float32Array;
  /** Per cell: 1 = somebody may stand there, learn slowly. */
  readonly occupied: Uint8Array;
}

export interface LearnPlan {
  readonly grid: Grid;
  readonly rates: Rates;
  readonly tuning: Tuning;
  readonly visible: Uint8Array;
}

export function learn(model: Background, lesson: Lesson, { grid, rates, tuning, visible }: LearnPlan): void {
  const { mean, variance, weight, luma, texture } = model;
  const { contrast, gain, occupied } = lesson;
  model.pictures += 1;
  const { floorVariance, outlierVariances } = tuning;
  const jitter = tuning.jitterFrac * tuning.jitterFrac;
  for (let k = 0; k < luma.length; k += 1) {
    if ((Math.floor(k / grid.cols) + model.pictures) % turns !== 0) continue;
    const was = luma[k] ?? 0;
    luma[k] = was + rates.learn * ((lesson.luma[k] ?? 0) - was);
  }
  for (let row = 0; row < grid.patchRows; row += 1) {
    const cellRow = Math.floor(row / patchesPerCell);
    if ((cellRow + model.pictures) % turns !== 0) continue;
    const first = cellRow * grid.cols;
    let i = row * grid.patchCols;
    for (let cell = first; cell < first + grid.cols; cell += 1) {
      const slow = occupied[cell] === 1;
      const meanRate = slow ? rates.forget : rates.learn;
      const varianceRate = slow ? rates.forgetVariance : rates.learnVariance;
      const scale = gain[cell] ?? 1;
      const sway = floorVariance + jitter * (texture[cell] ?? 0);
      let square = 0;
      for (const end = i + patchesPerCell; i < end; i += 1) {
        const was = mean[i] ?? 0;
        const now = contrast[i] ?? 0;
        const wide = variance[i] ?? 0;
        const off = now - scale * was;
        const most = outlierVariances * (wide + floorVariance);
        const seen = off * off;
        const middle = was + meanRate * (now - was);
        const spread = wide + varianceRate * ((seen < most ? seen : most) - wide);
        mean[i] = middle;
        variance[i] = spread;
        weight[i] = (visible[i] ?? 0) / (spread + sway);
        square += middle * middle;
      }
      texture[cell] = (texture[cell] ?? 0) + (square / patchesPerCell - (texture[cell] ?? 0)) / 16;
    }
  }
}
