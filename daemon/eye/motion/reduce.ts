/**
 * Reduce: a luma plane becomes a small grid of patch sums.
 *
 * Every patch is the sum of 16 samples (0..4,080) on a regular lattice, whatever the size of the
 * picture: the cost depends on the grid, not on the resolution (8K costs the same number of reads
 * as VGA), and averaging 16 samples takes most of the sensor's noise away. Integer throughout.
 */
import { assert } from "../../../hal/fault.ts";
import type { Plane } from "../../../hal/frame.ts";
import { patchesPerCell, samplesPerPatch, type Grid } from "../../sight/grid.ts";
import { placeOfPatch, type Shape } from "./kernel/memory.ts";

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

/** Fills `sums` from `y`, rim included; the plane must have the grid's size. */
export function reduceLuma(y: Plane, lattice: Lattice, { shape, sums }: Sums): void {
  const { grid } = lattice;
  assert(
    y.width === grid.width && y.height === grid.height,
    `motion grid of ${grid.width}x${grid.height} met a plane of ${y.width}x${y.height}`,
  );
  for (let row = 0; row < grid.patchRows; row += 1) {
    for (let place = 0; place < patchesPerCell; place += 1) sumRow(y, lattice, { row, place, shape, sums });
  }
  fillRim(grid, { shape, sums });
}

/** Where the sums go: nine planes (kernel/memory.ts). */
export interface Sums {
  readonly shape: Shape;
  readonly sums: Uint16Array;
}

interface Row extends Sums {
  readonly row: number;
  readonly place: number;
}

/** One row of patches, those at the same place in their cells: every third. */
function sumRow({ data, stride }: Plane, { xs, ys }: Lattice, { row, place, shape, sums }: Row): void {
  const first = row * samplesPerPatch;
  const o0 = (ys[first] ?? 0) * stride;
  const o1 = (ys[first + 1] ?? 0) * stride;
  const o2 = (ys[first + 2] ?? 0) * stride;
  const o3 = (ys[first + 3] ?? 0) * stride;
  let patch = placeOfPatch(shape, place, row);
  for (let col = place * samplesPerPatch; col < xs.length; col += patchesPerCell * samplesPerPatch) {
    const a = xs[col] ?? 0;
    const b = xs[col + 1] ?? 0;
    const c = xs[col + 2] ?? 0;
    const d = xs[col + 3] ?? 0;
    sums[patch] =
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

/** Around the picture every patch is repeated once: what lies beside it is like it. */
function fillRim({ patchCols, patchRows }: Grid, { shape, sums }: Sums): void {
  const { size, stride } = shape;
  const last = patchesPerCell - 1;
  const leftToRight = last * size - 1;
  const topToBottom = last * patchesPerCell * size - stride;
  for (let row = 0; row < patchRows; row += 1) {
    const left = placeOfPatch(shape, 0, row);
    const right = placeOfPatch(shape, patchCols - 1, row);
    sums[left + leftToRight] = sums[left] ?? 0;
    sums[right - leftToRight] = sums[right] ?? 0;
  }
  for (let col = 0; col < patchCols; col += 1) {
    const top = placeOfPatch(shape, col, 0);
    const bottom = placeOfPatch(shape, col, patchRows - 1);
    sums[top + topToBottom] = sums[top] ?? 0;
    sums[bottom - topToBottom] = sums[bottom] ?? 0;
  }
}
