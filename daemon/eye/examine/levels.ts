/**
 * Levels: how bright the visible pixels are, of a few frames. Black and white stand at 16 and 235.
 */
import type { Plane } from "../../../hal/frame.ts";
import { region, type Regions } from "./regions.ts";

const darkUpTo = 24;
const brightFrom = 231;

export interface LevelsFound {
  readonly mean: number;
  readonly darkFrac: number;
  readonly brightFrac: number;
}

export class Levels {
  readonly #histogram = new Float64Array(256);

  add({ data, stride, width, height }: Plane, { luma }: Regions): void {
    for (let y = 0, i = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, i += 1) {
        if (luma[i] !== region.shown) continue;
        const level = data[y * stride + x] ?? 0;
        this.#histogram[level] = (this.#histogram[level] ?? 0) + 1;
      }
    }
  }

  /** All 0 when nothing was visible. */
  get found(): LevelsFound {
    const count = this.#sum(() => 1);
    if (count === 0) return { mean: 0, darkFrac: 0, brightFrac: 0 };
    return {
      mean: this.#sum((level) => level) / count,
      darkFrac: this.#sum((level) => (level <= darkUpTo ? 1 : 0)) / count,
      brightFrac: this.#sum((level) => (level >= brightFrom ? 1 : 0)) / count,
    };
  }

  #sum(weigh: (level: number) => number): number {
    return this.#histogram.reduce((sum, count, level) => sum + count * weigh(level), 0);
  }
}
