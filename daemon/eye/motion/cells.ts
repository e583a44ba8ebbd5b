/**
 * Cells: neighbourhood operations on the cell grid, where a cell's neighbours are the 8 around it.
 *
 * Twin of kernel/assembly/cells.ts: same results, change both.
 */
import type { Grid } from "../../sight/grid.ts";

type Extent = Pick<Grid, "cols" | "rows">;

export interface Target {
  readonly to: Uint8Array;
  /** Room of the same length. */
  readonly scratch: Uint8Array;
}

/** Largest of every cell and its left and right neighbour. */
function spreadAcross(from: Uint8Array, { cols, rows }: Extent, to: Uint8Array): void {
  let k = 0;
  for (let row = 0; row < rows; row += 1) {
    let before = 0;
    let here = from[k] ?? 0;
    for (const last = k + cols - 1; k < last; k += 1) {
      const after = from[k + 1] ?? 0;
      const most = here > before ? here : before;
      to[k] = after > most ? after : most;
      before = here;
      here = after;
    }
    to[k] = here > before ? here : before;
    k += 1;
  }
}

/** `to` = largest of every cell and its neighbours. */
export function spread(from: Uint8Array, extent: Extent, { to, scratch }: Target): void {
  spreadAcross(from, extent, scratch);
  const { cols, rows } = extent;
  let k = 0;
  for (let row = 0; row < rows; row += 1) {
    const above = row > 0 ? -cols : 0;
    const below = row < rows - 1 ? cols : 0;
    for (const end = k + cols; k < end; k += 1) {
      const own = scratch[k] ?? 0;
      const over = scratch[k + above] ?? 0;
      const under = scratch[k + below] ?? 0;
      const most = own > over ? own : over;
      to[k] = under > most ? under : most;
    }
  }
}

/** `to` = what a cell and at least one neighbour both have: a lone cell has nothing. */
export function support(from: Uint8Array, extent: Extent, { to, scratch }: Target): void {
  spreadAcross(from, extent, scratch);
  const { cols, rows } = extent;
  let k = 0;
  for (let row = 0; row < rows; row += 1) {
    let left = 0;
    const end = k + cols;
    for (; k < end; k += 1) {
      const own = from[k] ?? 0;
      const right = k + 1 < end ? (from[k + 1] ?? 0) : 0;
      const over = row > 0 ? (scratch[k - cols] ?? 0) : 0;
      const under = row < rows - 1 ? (scratch[k + cols] ?? 0) : 0;
      let most = left > right ? left : right;
      if (over > most) most = over;
      if (under > most) most = under;
      to[k] = own < most ? own : most;
      left = own;
    }
  }
}

/** `to` = the lesser of both, cell by cell. */
export function least(one: Uint8Array, other: Uint8Array, to: Uint8Array): void {
  for (let k = 0; k < to.length; k += 1) {
    const [a, b] = [one[k] ?? 0, other[k] ?? 0];
    to[k] = a < b ? a : b;
  }
}
