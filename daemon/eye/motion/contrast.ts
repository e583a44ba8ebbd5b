/**
 * Contrast: what a patch is beside its neighbours, whatever the light.
 *
 * The Laplacian of the patch grid (4 x patch - its 4 neighbours). An even change of light, and one
 * that slopes across the picture, cancel out; a change of gain scales it; soft shadows, haze and
 * blurred things near the lens hardly touch it. An object shows by its outline and its texture.
 * At the rim a missing neighbour is the patch itself.
 */
import { patchesPerCell, type Grid } from "../../sight/grid.ts";

export function contrastOf(patches: Uint16Array, grid: Grid, out: Float32Array): void {
  const { patchCols: cols, patchRows: rows } = grid;
  for (let row = 0; row < rows; row += 1) {
    const first = row * cols;
    const above = row > 0 ? -cols : 0;
    const below = row < rows - 1 ? cols : 0;
    let here = patches[first] ?? 0;
    let left = here;
    for (let i = first; i < first + cols - 1; i += 1) {
      const right = patches[i + 1] ?? 0;
      out[i] = 4 * here - left - right - (patches[i + above] ?? 0) - (patches[i + below] ?? 0);
      left = here;
      here = right;
    }
    const last = first + cols - 1;
    out[last] = 3 * here - left - (patches[last + above] ?? 0) - (patches[last + below] ?? 0);
  }
}

/** Sum of the patches of every cell. */
export function lumaOf(patches: Uint16Array, grid: Grid, out: Float32Array): void {
  out.fill(0);
  let i = 0;
  for (let row = 0; row < grid.patchRows; row += 1) {
    const first = Math.floor(row / patchesPerCell) * grid.cols;
    for (let cell = first; cell < first + grid.cols; cell += 1) {
      out[cell] = (out[cell] ?? 0) + (patches[i] ?? 0) + (patches[i + 1] ?? 0) + (patches[i + 2] ?? 0);
      i += patchesPerCell;
    }
  }
}
