/**
 * Evidence: per cell, how unlike the background (change) and how unlike a moment ago (stir)?
 *
 * Both are mean squared deviations of the cell's 9 patches in units of what the noise explains, in
 * sixteenths of an octave (0..255). For change the background is first scaled by the gain that
 * fits the 3x3 cells around best, held near the ratio of their lumas: a lamp, a cloud, a shadow or
 * the camera's exposure scale contrast together with luma and leave nothing; a body in front of
 * the scene replaces it, and no gain fits.
 *
 * Twin of kernel/assembly/evidence.ts: same results, change both.
 */
import { patchPlanes, placeOf, type KernelMemory } from "./kernel/memory.ts";
import type { KernelNumbers } from "./kernel/ops.ts";
import { octaves } from "./octaves.ts";

export interface Look {
  readonly contrast: Float32Array;
  /** Contrast of a moment ago. */
  readonly before: Float32Array;
}

/** Fills `change`, `stir` and `gain` from one picture and the background. */
export function weigh(memory: KernelMemory, look: Look, numbers: KernelNumbers): void {
  sumCells(memory, look);
  const { shape, change, stir, gain, now, both, was, moved, luma, lumaWas } = memory;
  const { gainPrior, gainSlack, lumaOffset } = numbers;
  let k = 0;
  for (let row = 0; row < shape.rows; row += 1) {
    const first = placeOf(shape, 0, row);
    for (let at = first; at < first + shape.cols; at += 1) {
      const ratio =
        (around(luma, at, shape.stride) + lumaOffset) / (around(lumaWas, at, shape.stride) + lumaOffset);
      const best =
        (around(both, at, shape.stride) + gainPrior * ratio) / (around(was, at, shape.stride) + gainPrior);
      const least = ratio / gainSlack;
      const most = ratio * gainSlack;
      const scale = best < least ? least : best > most ? most : best;
      const square = scale * scale;
      // A brighter picture is noisier in proportion.
      const noise = square > 1 ? patchPlanes * square : patchPlanes;
      const rest = (now[at] ?? 0) - 2 * scale * (both[at] ?? 0) + square * (was[at] ?? 0);
      gain[at] = scale;
      change[k] = octaves(rest > 0 ? rest / noise : 0);
      stir[k] = octaves((moved[at] ?? 0) / (2 * noise));
      k += 1;
    }
  }
}

/** Sum over a cell and its eight neighbours, columns first. */
function around(plane: Float32Array, at: number, stride: number): number {
  return column(plane, at - 1, stride) + column(plane, at, stride) + column(plane, at + 1, stride);
}

function column(plane: Float32Array, at: number, stride: number): number {
  return (plane[at - stride] ?? 0) + (plane[at] ?? 0) + (plane[at + stride] ?? 0);
}

/** Weighted sums over the patches of every cell. */
function sumCells(memory: KernelMemory, { contrast, before }: Look): void {
  const { shape, now, both, was, moved, mean, weight } = memory;
  for (let k = shape.from; k < shape.end; k += 1) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = k; i < patchPlanes * shape.size; i += shape.size) {
      const w = weight[i] ?? 0;
      const h = contrast[i] ?? 0;
      const m = mean[i] ?? 0;
      const step = h - (before[i] ?? 0);
      const wm = w * m;
      a += w * h * h;
      b += wm * h;
      c += wm * m;
      d += w * step * step;
    }
    now[k] = a;
    both[k] = b;
    was[k] = c;
    moved[k] = d;
  }
}
