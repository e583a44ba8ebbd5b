/**
 * Windows: how much two pictures differ in a small window around every patch, whatever the light did to all of it.
 *
 * The part of the brightness of one that no straight line through the brightness of the other explains (the residual of the
 * better known of the two: the larger variance times 1 - r squared, r the correlation in the window). The sun that goes
 * behind a cloud changes the contrast of a paved floor, in the sun more than in the shade, but not its pattern; a thing that
 * was put down has another pattern.
 *
 * Once a second between two frames, so plain loops over summed-area tables (the sum over any window is four numbers), one
 * row and column larger than the picture. The tables of the picture to compare with are kept by whoever compares again.
 */
import type { Grid } from "../grid.ts";

/** Patches to each side. */
export const windowReach = 2;
const side = 2 * windowReach + 1;
const inWindow = side ** 2;

export interface Windows {
  readonly cols: number;
  readonly rows: number;
  readonly luma: Float32Array;
  readonly seen: Float64Array;
  readonly sum: Float64Array;
  readonly square: Float64Array;
}

interface Patches extends Pick<Grid, "cols" | "rows"> {
  readonly luma: Float32Array;
  /** 1 = may be seen. */
  readonly visible: Uint8Array;
}

export function windowsOf({ cols, rows, luma, visible }: Patches): Windows {
  const size = { cols, rows };
  return {
    ...size,
    luma,
    seen: tableOf(visible, visible, size),
    sum: tableOf(luma, null, size),
    square: tableOf(luma, luma, size),
  };
}

/** In levels of `luma`, row by row; 0 where the window is not wholly visible. `gain`: by which the earlier one is evened. */
export function unexplained(before: Windows, luma: Float32Array, gain: number): Float32Array {
  const { cols, rows, seen, sum: sumA, square: squareA } = before;
  const sumB = tableOf(luma, null, before);
  const squareB = tableOf(luma, luma, before);
  const product = tableOf(before.luma, luma, before);
  const rest = new Float32Array(cols * rows);
  const down = side * (cols + 1);
  for (let row = windowReach; row < rows - windowReach; row += 1) {
    let at = (row - windowReach) * (cols + 1);
    for (let col = windowReach; col < cols - windowReach; col += 1, at += 1) {
      if (sumIn(seen, at, down) < inWindow) continue;
      const meanA = (gain * sumIn(sumA, at, down)) / inWindow;
      const meanB = sumIn(sumB, at, down) / inWindow;
      const varA = Math.max(0, (gain * gain * sumIn(squareA, at, down)) / inWindow - meanA * meanA);
      const varB = Math.max(0, sumIn(squareB, at, down) / inWindow - meanB * meanB);
      const shared = Math.max(0, (gain * sumIn(product, at, down)) / inWindow - meanA * meanB);
      const alike = varA * varB > 0 ? Math.min(1, (shared * shared) / (varA * varB)) : 0;
      rest[row * cols + col] = Math.sqrt(Math.max(varA, varB) * (1 - alike));
    }
  }
  return rest;
}

/** Of a times b; null = of a alone. */
function tableOf(
  a: Float32Array | Uint8Array,
  b: Float32Array | Uint8Array | null,
  { cols, rows }: Pick<Grid, "cols" | "rows">,
): Float64Array {
  const table = new Float64Array((cols + 1) * (rows + 1));
  for (let row = 0, k = 0; row < rows; row += 1) {
    let line = 0;
    let at = (row + 1) * (cols + 1) + 1;
    for (let col = 0; col < cols; col += 1, k += 1, at += 1) {
      line += (a[k] as number) * (b === null ? 1 : (b[k] as number));
      table[at] = (table[at - cols - 1] as number) + line;
    }
  }
  return table;
}

/** `at`: the upper left corner, `down`: from there to the lower left one. */
function sumIn(table: Float64Array, at: number, down: number): number {
  const low = at + down;
  return (
    (table[low + side] as number) -
    (table[low] as number) -
    (table[at + side] as number) +
    (table[at] as number)
  );
}
