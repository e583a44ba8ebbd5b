/**
 * Visible: which patches can be judged under a privacy mask.
 *
 * A patch counts when all of its 16 samples and all of its neighbours' are visible: the constant
 * pixels next to it would otherwise stand still when the light changes, and look like an object.
 */
import type { PlaneSpans } from "../../policy/opening.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { cellOfPatch, gridOf, samplesPerPatch, type Grid } from "../../sight/grid.ts";
import { latticeOf, type Lattice } from "./reduce.ts";

/** 1 per patch that is judged, 0 per patch that is not. Absent spans = everything is visible. */
export function visiblePatches(lattice: Lattice, luma: PlaneSpans | undefined): Uint8Array {
  const { grid } = lattice;
  const whole = new Uint8Array(grid.patchCols * grid.patchRows).fill(1);
  if (luma === undefined) return whole;
  for (let i = 0; i < whole.length; i += 1) whole[i] = isWhole(lattice, luma, i) ? 1 : 0;
  return whole.map((own, i) => (own === 1 && neighboursOf(grid, i).every((n) => whole[n] === 1) ? 1 : 0));
}

/** The cells in which anything can be judged, ascending. */
export function visibleCells(size: FrameGeometry, luma: PlaneSpans): Uint16Array {
  const grid = gridOf(size);
  const shown = shownCells(grid, visiblePatches(latticeOf(grid), luma));
  return Uint16Array.from([...shown.keys()].filter((cell) => shown[cell] === 255));
}

/** 255 per cell of which any patch can be judged, 0 behind the mask. */
export function shownCells(grid: Grid, visible: Uint8Array): Uint8Array {
  const shown = new Uint8Array(grid.cols * grid.rows);
  for (const [patch, isVisible] of visible.entries())
    if (isVisible === 1) shown[cellOfPatch(grid, patch)] = 255;
  return shown;
}

function neighboursOf({ patchCols, patchRows }: Grid, i: number): number[] {
  const col = i % patchCols;
  const row = Math.floor(i / patchCols);
  return [
    ...(col > 0 ? [i - 1] : []),
    ...(col < patchCols - 1 ? [i + 1] : []),
    ...(row > 0 ? [i - patchCols] : []),
    ...(row < patchRows - 1 ? [i + patchCols] : []),
  ];
}

function isWhole({ grid, xs, ys }: Lattice, luma: PlaneSpans, patch: number): boolean {
  const x0 = (patch % grid.patchCols) * samplesPerPatch;
  const y0 = Math.floor(patch / grid.patchCols) * samplesPerPatch;
  for (let y = y0; y < y0 + samplesPerPatch; y += 1) {
    for (let x = x0; x < x0 + samplesPerPatch; x += 1) {
      if (!shows(luma, xs[x] ?? 0, ys[y] ?? 0)) return false;
    }
  }
  return true;
}

/** Whether a pixel is inside the opening. */
export function shows({ starts, spans }: PlaneSpans, x: number, y: number): boolean {
  for (let i = starts[y] ?? 0; i < (starts[y + 1] ?? 0); i += 2) {
    if (x >= (spans[i] ?? 0) && x < (spans[i + 1] ?? 0)) return true;
  }
  return false;
}
