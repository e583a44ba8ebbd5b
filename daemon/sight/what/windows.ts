/**
 * Windows: how much two pictures differ in a small window around every patch, whatever the light did to all of it.
 *
 * The part of the brightness of one that no straight line through the brightness of the other explains (the residual of the
 * better known of the two: the larger variance times 1 - r squared, r the correlation in the window). The sun that goes
 * behind a cloud changes the contrast of a paved floor, in the sun more than in the shade, but not its pattern; a thing that
 * was put down has another pattern.
 */
import type { Grid } from "../grid.ts";

/** Patches to each side. */
export const windowReach = 2;
const inWindow = (2 * windowReach + 1) ** 2;

export interface Pair {
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** 1 = may be seen. */
  readonly visible: Uint8Array;
}

/** In levels of luma, row by row; 0 where the window is not wholly visible. */
export function unexplained(
  { a, b, visible }: Pair,
  { cols, rows }: Pick<Grid, "cols" | "rows">,
): Float32Array {
  const size = { cols, rows };
  const seen = tableOf((k) => visible[k] ?? 0, size);
  const [sumA, sumB] = [tableOf((k) => a[k] ?? 0, size), tableOf((k) => b[k] ?? 0, size)];
  const squareA = tableOf((k) => (a[k] ?? 0) ** 2, size);
  const squareB = tableOf((k) => (b[k] ?? 0) ** 2, size);
  const product = tableOf((k) => (a[k] ?? 0) * (b[k] ?? 0), size);
  const rest = new Float32Array(cols * rows);
  for (let row = windowReach; row < rows - windowReach; row += 1) {
    for (let col = windowReach; col < cols - windowReach; col += 1) {
      const at = cornersAt(row, col, cols);
      if (sumIn(seen, at) < inWindow) continue;
      const [meanA, meanB] = [sumIn(sumA, at) / inWindow, sumIn(sumB, at) / inWindow];
      const varA = Math.max(0, sumIn(squareA, at) / inWindow - meanA ** 2);
      const varB = Math.max(0, sumIn(squareB, at) / inWindow - meanB ** 2);
      const shared = Math.max(0, sumIn(product, at) / inWindow - meanA * meanB);
      const alike = varA * varB > 0 ? Math.min(1, shared ** 2 / (varA * varB)) : 0;
      rest[row * cols + col] = Math.sqrt(Math.max(varA, varB) * (1 - alike));
    }
  }
  return rest;
}

/** Summed-area table, one row and column larger: the sum over any window is four of its numbers. */
function tableOf(value: (k: number) => number, { cols, rows }: Pick<Grid, "cols" | "rows">): Float64Array {
  const table = new Float64Array((cols + 1) * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    let line = 0;
    for (let col = 0; col < cols; col += 1) {
      line += value(row * cols + col);
      const at = (row + 1) * (cols + 1) + col + 1;
      table[at] = (table[at - cols - 1] ?? 0) + line;
    }
  }
  return table;
}

type Corners = readonly [number, number, number, number];

function cornersAt(row: number, col: number, cols: number): Corners {
  const at = (r: number, c: number): number => r * (cols + 1) + c;
  const [top, low] = [row - windowReach, row + windowReach + 1];
  const [left, right] = [col - windowReach, col + windowReach + 1];
  return [at(top, left), at(top, right), at(low, left), at(low, right)];
}

function sumIn(table: Float64Array, [topLeft, topRight, lowLeft, lowRight]: Corners): number {
  return (table[lowRight] ?? 0) - (table[lowLeft] ?? 0) - (table[topRight] ?? 0) + (table[topLeft] ?? 0);
}
