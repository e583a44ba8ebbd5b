/**
 * Cells: neighbourhood operations on the cell grid, where a cell's neighbours are the 8 around it.
 */
import type { Grid } from "./grid.ts";

type Extent = Pick<Grid, "cols" | "rows">;

/** Largest of every cell and its left and right neighbour. */
function spreadAcross(from: Uint8Array, { cols, rows }: Extent, to: Uint8Array): void {
  for (let row = 0; row < rows; row += 1) {
    const first = row * cols;
    const last = first + cols - 1;
    let before = 0;
    let here = from[first] ?? 0;
    for (let k = first; k <= last; k += 1) {
      const after = k < last ? (from[k + 1] ?? 0) : 0;
      let most = here > before ? here : before;
      if (after > most) most = after;
      to[k] = most;
      before = here;
      here = after;
    }
  }
}

/** `to` = largest of every cell and its neighbours. `scratch` has the same length. */
export function spread(from: Uint8Array, extent: Extent, { to, scratch }: Target): void {
  spreadAcross(from, extent, scratch);
  const { cols } = extent;
  const size = cols * extent.rows;
  for (let k = 0; k < size; k += 1) {
    let most = scratch[k] ?? 0;
    const above = k >= cols ? (scratch[k - cols] ?? 0) : 0;
    const below = k + cols < size ? (scratch[k + cols] ?? 0) : 0;
    if (above > most) most = above;
    if (below > most) most = below;
    to[k] = most;
  }
}

export interface Target {
  readonly to: Uint8Array;
  readonly scratch: Uint8Array;
}

/** `to` = what a cell and at least one neighbour both have: a lone cell has nothing. */
export function support(from: Uint8Array, extent: Extent, { to, scratch }: Target): void {
  spreadAcross(from, extent, scratch);
  const { cols } = extent;
  const size = cols * extent.rows;
  for (let k = 0; k < size; k += 1) {
    const own = from[k] ?? 0;
    const col = k % cols;
    let most = k >= cols ? (scratch[k - cols] ?? 0) : 0;
    const below = k + cols < size ? (scratch[k + cols] ?? 0) : 0;
    const left = col > 0 ? (from[k - 1] ?? 0) : 0;
    const right = col < cols - 1 ? (from[k + 1] ?? 0) : 0;
    if (below > most) most = below;
    if (left > most) most = left;
    if (right > most) most = right;
    to[k] = own < most ? own : most;
  }
}
