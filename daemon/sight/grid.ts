/**
 * Grid: how a picture of any size is divided for motion.
 *
 * Cells are what is judged (at most 1,296 of them, 48x27 at 16:9, as square as the picture lets
 * them be). Each cell is 3x3 patches, each patch is 16 luma samples on a regular 4x4 lattice. A
 * picture smaller than the grid gets fewer cells; 1x1 pixel is one cell.
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import type { BoxPx, Point } from "../../hal/geometry.ts";

export const maxCells = 1296;
/** Patches per cell, each way. */
export const patchesPerCell = 3;
/** Samples per patch, each way. */
export const samplesPerPatch = 4;

export interface Grid extends FrameGeometry {
  readonly cols: number;
  readonly rows: number;
  readonly patchCols: number;
  readonly patchRows: number;
}

export function gridOf({ width, height }: FrameGeometry): Grid {
  const across = Math.round(Math.sqrt((maxCells * width) / height));
  const cols = Math.max(1, Math.min(across, width, maxCells));
  const rows = Math.max(1, Math.min(Math.floor(maxCells / cols), height));
  return {
    width,
    height,
    cols,
    rows,
    patchCols: cols * patchesPerCell,
    patchRows: rows * patchesPerCell,
  };
}

/** Pixels of the cells from column c0 to c1 and row r0 to r1, both ends included. */
export function boxOf(grid: Grid, [c0, r0, c1, r1]: readonly [number, number, number, number]): BoxPx {
  const x0 = Math.floor((c0 * grid.width) / grid.cols);
  const y0 = Math.floor((r0 * grid.height) / grid.rows);
  const x1 = Math.ceil(((c1 + 1) * grid.width) / grid.cols);
  const y1 = Math.ceil(((r1 + 1) * grid.height) / grid.rows);
  return [x0, y0, x1 - x0, y1 - y0];
}

/** A place inside a cell, in fractions of the picture; u and v are 0..1 within the cell. */
export function placeIn(grid: Grid, cell: number, [u, v]: Point): Point {
  const col = cell % grid.cols;
  const row = Math.floor(cell / grid.cols);
  return [(col + u) / grid.cols, (row + v) / grid.rows];
}

/** The cell that a patch belongs to. */
export function cellOfPatch({ cols, patchCols }: Grid, patch: number): number {
  const col = Math.floor((patch % patchCols) / patchesPerCell);
  return Math.floor(patch / (patchCols * patchesPerCell)) * cols + col;
}

/** The cell under a place in fractions of the picture. */
export function cellAt({ cols, rows }: Grid, [x, y]: Point): number {
  const col = Math.max(0, Math.min(cols - 1, Math.floor(x * cols)));
  return Math.max(0, Math.min(rows - 1, Math.floor(y * rows))) * cols + col;
}
