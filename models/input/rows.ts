/**
 * Rows: a part of one plane, scaled, row by row.
 *
 * First the rows of the source that make one row of the result are summed (long runs over whole rows), then that
 * one row is scaled. Memory is taken when a larger part is asked for, not per frame.
 */
import type { Plane } from "../../hal/frame.ts";
import { Axis } from "./axis.ts";

/** In samples of the plane; may reach beyond it. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Rows {
  /** What `row` made, `width` samples of it. */
  out = new Float64Array(0);
  readonly #across = new Axis();
  readonly #down = new Axis();
  #sum = new Float64Array(0);

  set(plane: Plane, part: Part, width: number, height: number): void {
    this.#across.set(part.x, part.width, width, plane.width);
    this.#down.set(part.y, part.height, height, plane.height);
    if (this.out.length < width) this.out = new Float64Array(width);
    if (this.#sum.length < plane.width) this.#sum = new Float64Array(plane.width);
  }

  /** Row `j` of the result into `out`. */
  row(plane: Plane, j: number): void {
    const { start, offset, weights } = this.#down;
    const first = offset[j] ?? 0;
    const count = (offset[j + 1] ?? 0) - first;
    const top = start[j] ?? 0;
    let k = count % 2;
    if (k === 1) this.#put(plane, top, weights[first] ?? 0);
    else this.#sum.fill(0, this.#across.from, this.#across.to);
    for (; k < count; k += 2) this.#add(plane, top + k, weights[first + k] ?? 0, weights[first + k + 1] ?? 0);
    this.#scale();
  }

  #put({ data, stride }: Plane, y: number, weight: number): void {
    const sum = this.#sum;
    const base = y * stride;
    const { from, to } = this.#across;
    for (let x = from; x < to; x += 1) sum[x] = (data[base + x] as number) * weight;
  }

  /** Two rows at once: half the passes over the sum. */
  #add({ data, stride }: Plane, y: number, weight: number, below: number): void {
    const sum = this.#sum;
    const base = y * stride;
    const next = base + stride;
    const { from, to } = this.#across;
    for (let x = from; x < to; x += 1)
      sum[x] = (sum[x] as number) + (data[base + x] as number) * weight + (data[next + x] as number) * below;
  }

  #scale(): void {
    const { length, start, offset, weights } = this.#across;
    const sum = this.#sum;
    const out = this.out;
    let at = 0;
    for (let i = 0; i < length; i += 1) {
      const end = offset[i + 1] as number;
      let x = start[i] as number;
      let value = 0;
      for (; at < end; at += 1) {
        value += (sum[x] as number) * (weights[at] as number);
        x += 1;
      }
      out[i] = value;
    }
  }
}
