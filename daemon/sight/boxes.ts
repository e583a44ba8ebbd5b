/**
 * Boxes: the cells that fired, joined with their neighbours, as boxes in pixels of the picture.
 * Largest first (in cells), at most `maxBoxes`.
 */
import type { BoxPx } from "../../hal/geometry.ts";
import { boxOf, type Grid } from "./grid.ts";

export const maxBoxes = 16;

interface Blob {
  readonly size: number;
  readonly box: BoxPx;
}

/** `fired` has 1 for every cell that fired; it is used up (all 0 afterwards). */
export function boxesOf(fired: Uint8Array, grid: Grid): BoxPx[] {
  const blobs: Blob[] = [];
  for (let k = 0; k < fired.length; k += 1) if (fired[k] === 1) blobs.push(takeBlob(fired, grid, k));
  return blobs
    .sort((a, b) => b.size - a.size)
    .slice(0, maxBoxes)
    .map((blob) => blob.box);
}

function takeBlob(fired: Uint8Array, grid: Grid, seed: number): Blob {
  const { cols, rows } = grid;
  const todo = [seed];
  fired[seed] = 0;
  let [c0, r0, c1, r1, size] = [cols, rows, 0, 0, 0];
  for (let k = todo.pop(); k !== undefined; k = todo.pop()) {
    const [col, row] = [k % cols, Math.floor(k / cols)];
    [c0, r0, c1, r1] = [Math.min(c0, col), Math.min(r0, row), Math.max(c1, col), Math.max(r1, row)];
    size += 1;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r += 1) {
      for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c += 1) {
        const next = r * cols + c;
        if (fired[next] !== 1) continue;
        fired[next] = 0;
        todo.push(next);
      }
    }
  }
  return { size, box: boxOf(grid, [c0, r0, c1, r1]) };
}
