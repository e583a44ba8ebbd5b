/**
 * Reduce: a luma plane becomes a small grid of patch sums.
 *
 * Every patch is the sum of 16 samples (0..4,080) on a regular lattice, whatever the size of the
 * picture: the cost depends on the grid, not on the resolution (8K costs the same number of reads
 * as VGA), and averaging 16 samples takes most of the sensor's noise away. Integer throughout.
 */
import { assert } from "../../../hal/fault.ts";
import type { Plane } from "../../../hal/frame.ts";
import { samplesPerPatch, type Grid } from "../../sight/grid.ts";

/** Which pixels are read: 4 columns per patch column, 4 rows per patch row. */
export interface Lattice {
  readonly grid: Grid;
  readonly xs: Int32Array;
  readonly ys: Int32Array;
}

export function latticeOf(grid: Grid): Lattice {
  return {
    grid,
    xs: centres(grid.patchCols * samplesPerPatch, grid.width),
    ys: centres(grid.patchRows * samplesPerPatch, grid.height),
  };
}

/** The pixel under the middle of each of `count` equal parts of `size` pixels. */
function centres(count: number, size: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((2 * i + 1) * size) / (2 * count)));
}

/** Fills `out` (patchCols x patchRows) from `y`; the plane must have the grid's size. */
export function reduceLuma(y: Plane, { grid, xs, ys }: Lattice, out: Uint16Array): void {
  assert(
    y.width === grid.width && y.height === grid.height,
    `motion grid of ${grid.width}x${grid.height} met a plane of ${y.width}x${y.height}`,
  );
  const { data, stride } = y;
  let patch = 0;
  for (let row = 0; row < ys.length; row += samplesPerPatch) {
    const o0 = (ys[row] ?? 0) * stride;
    const o1 = (ys[row + 1] ?? 0) * stride;
    const o2 = (ys[row + 2] ?? 0) * stride;
    const o3 = (ys[row + 3] ?? 0) * stride;
    for (let col = 0; col < xs.length; col += samplesPerPatch) {
      const a = xs[col] ?? 0;
      const b = xs[col + 1] ?? 0;
      const c = xs[col + 2] ?? 0;
      const d = xs[col + 3] ?? 0;
      out[patch] =
        2 *
        ((data[o0 + a] ?? 0) +
          (data[o0 + c] ?? 0) +
          (data[o1 + b] ?? 0) +
          (data[o1 + d] ?? 0) +
          (data[o2 + a] ?? 0) +
          (data[o2 + c] ?? 0) +
          (data[o3 + b] ?? 0) +
          (data[o3 + d] ?? 0));
      patch += 1;
    }
  }
}
