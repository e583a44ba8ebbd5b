/**
 * Background: what the empty scene looks like, and how much each patch of it wavers.
 *
 * Per patch a running mean and variance of its contrast; per cell a running luma. Empty cells
 * learn within seconds, occupied ones (occupancy.ts says which) are kept for minutes. Nothing here
 * depends on a sensitivity or a zone: the same pictures make the same background for every setting.
 *
 * State is plain typed arrays (kernel/memory.ts). Patches that the privacy mask touches have weight
 * 0 for ever. `learn` is the twin of kernel/assembly/background.ts: same results, change both. The
 * warm-up is over within a second and has no twin.
 */
import { patchesPerCell } from "../../sight/grid.ts";
import { patchPlanes, type KernelMemory } from "./kernel/memory.ts";
import type { KernelNumbers } from "./kernel/ops.ts";
import type { Tuning } from "./tuning.ts";

/** Of the warm-up, picture number `pictures` (from 1): plain mean and variance of all so far. */
export function learnFirst(memory: KernelMemory, contrast: Float32Array, pictures: number): void {
  const { shape, mean, variance, luma, lumaWas } = memory;
  const share = 1 / pictures;
  const varianceShare = pictures > 1 ? 1 / (pictures - 1) : 0;
  for (let i = 0; i < mean.length; i += 1) {
    const was = mean[i] ?? 0;
    const off = (contrast[i] ?? 0) - was;
    const spread = variance[i] ?? 0;
    mean[i] = was + share * off;
    variance[i] = spread + varianceShare * (off * off * (1 - share) - spread);
  }
  for (let k = shape.from; k < shape.end; k += 1) {
    const was = lumaWas[k] ?? 0;
    lumaWas[k] = was + share * ((luma[k] ?? 0) - was);
  }
}

/** End of the warm-up: variance of few pictures is too small, and every patch gets its weight. */
export function settle(memory: KernelMemory, tuning: Tuning): void {
  const { shape, mean, variance, weight, texture, visible } = memory;
  const jitter = tuning.jitterFrac * tuning.jitterFrac;
  for (let k = 0; k < shape.size; k += 1) {
    for (let i = k; i < mean.length; i += shape.size) {
      texture[k] = (texture[k] ?? 0) + ((mean[i] ?? 0) * (mean[i] ?? 0)) / patchPlanes;
    }
    for (let i = k; i < mean.length; i += shape.size) {
      const wide = (variance[i] ?? 0) * tuning.warmUpVarianceFactor;
      variance[i] = wide;
      weight[i] = (visible[i] ?? 0) / (wide + tuning.floorVariance + jitter * (texture[k] ?? 0));
    }
  }
}

/** Rows of cells take turns: each learns from every second picture, twice as fast. */
export const turns = 2;

type Rates = Pick<KernelNumbers, "learnRate" | "forgetRate" | "learnVarianceRate" | "forgetVarianceRate">;

export function ratesOf(tuning: Tuning, fps: number): Rates {
  const rate = (ms: number): number => Math.min(1, (turns * 1_000) / (ms * fps));
  return {
    learnRate: rate(tuning.learnMs),
    forgetRate: rate(tuning.forgetMs),
    learnVarianceRate: rate(tuning.learnVarianceMs),
    forgetVarianceRate: rate(tuning.forgetVarianceMs),
  };
}

/** One picture as evidence.ts saw it. */
export interface Lesson {
  readonly contrast: Float32Array;
  /** Row of cells that learns first; then every second one. */
  readonly first: number;
}

export function learn(memory: KernelMemory, lesson: Lesson, numbers: KernelNumbers): void {
  const { stride, rows } = memory.shape;
  const whole = { ...numbers, ...lesson };
  for (let row = lesson.first; row < rows; row += turns) {
    const start = (row + 1) * stride;
    for (let k = start; k < start + stride; k += 1) learnCell(memory, k, whole);
  }
}

function learnCell(memory: KernelMemory, k: number, lesson: Lesson & KernelNumbers): void {
  const { shape, mean, variance, weight, visible, luma, lumaWas, texture } = memory;
  const { contrast, floorVariance, outlierVariances, jitter } = lesson;
  const lightWas = lumaWas[k] ?? 0;
  lumaWas[k] = lightWas + lesson.learnRate * ((luma[k] ?? 0) - lightWas);
  const slow = memory.slow[k] !== 0;
  const meanRate = slow ? lesson.forgetRate : lesson.learnRate;
  const varianceRate = slow ? lesson.forgetVarianceRate : lesson.learnVarianceRate;
  const scale = memory.gain[k] ?? 1;
  let i = k;
  for (let row = 0; row < patchesPerCell; row += 1) {
    const detail = texture[k] ?? 0;
    const sway = floorVariance + jitter * detail;
    let square = 0;
    for (const end = i + patchesPerCell * shape.size; i < end; i += shape.size) {
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
    texture[k] = detail + (square / patchesPerCell - detail) / 16;
  }
}
