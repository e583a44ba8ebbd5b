/**
 * Place: where in the picture the strongest movement is, and how large.
 *
 * The cells that are joined to the best one and worth at least half as much; their middle is weighted by
 * what they are worth. Fractions of the picture in 255ths, one byte each.
 */
import type { Grid } from "../sight/grid.ts";

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const nowhere: Readonly<Place> = { x: 0, y: 0, width: 0, height: 0 };

type Size = Pick<Grid, "cols" | "rows">;

export class PlaceFinder {
  readonly #size: Size;
  readonly #seen: Uint32Array;
  readonly #todo: Uint16Array;
  #round = 0;

  constructor(size: Size) {
    this.#size = size;
    this.#seen = new Uint32Array(size.cols * size.rows);
    this.#todo = new Uint16Array(size.cols * size.rows);
  }

  /** From a cell with the best level. */
  around(levels: Uint8Array, seed: number): Place {
    const { cols, rows } = this.#size;
    const [seen, todo] = [this.#seen, this.#todo];
    const least = Math.max(1, (levels[seed] ?? 0) / 2);
    this.#round += 1;
    let [c0, r0, c1, r1] = [cols, rows, 0, 0];
    let [sum, sumX, sumY, count] = [0, 0, 0, 1];
    todo[0] = seed;
    seen[seed] = this.#round;
    while (count > 0) {
      count -= 1;
      const k = todo[count] ?? 0;
      const row = Math.floor(k / cols);
      const col = k - row * cols;
      const level = levels[k] ?? 0;
      sum += level;
      sumX += level * (col + 0.5);
      sumY += level * (row + 0.5);
      if (col < c0) c0 = col;
      if (col > c1) c1 = col;
      if (row < r0) r0 = row;
      if (row > r1) r1 = row;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r += 1) {
        for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c += 1) {
          const next = r * cols + c;
          if (seen[next] === this.#round || (levels[next] ?? 0) < least) continue;
          seen[next] = this.#round;
          todo[count] = next;
          count += 1;
        }
      }
    }
    return {
      x: byteOf(sumX / sum / cols),
      y: byteOf(sumY / sum / rows),
      width: byteOf((c1 - c0 + 1) / cols),
      height: byteOf((r1 - r0 + 1) / rows),
    };
  }
}

/** At least 1 for what is not nothing. */
export function byteOf(frac: number): number {
  return frac <= 0 ? 0 : Math.max(1, Math.min(255, Math.round(frac * 255)));
}
