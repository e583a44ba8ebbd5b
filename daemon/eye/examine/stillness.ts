/**
 * Stillness: does the picture change at all? A live sensor never gives the same bits twice.
 *
 * Compares whole planes of successive masked frames; what is hidden is the same in all of them, so only
 * visible pixels decide. Copies one frame; nothing of it leaves.
 */
import type { MaskedFrame, Plane } from "../../../hal/frame.ts";
import { at } from "./pacing.ts";
import { region, type Regions } from "./regions.ts";

/** Every so many pixels are compared for the mean difference. */
const stepPx = 7;

export interface StillnessFound {
  /** Mean difference of successive frames, in grey levels. */
  readonly median: number;
  /** Frames that were the one before to the last bit. */
  readonly identical: number;
  /** Longest time without any change. */
  readonly longestMs: number;
}

export class Stillness {
  readonly #regions: Regions;
  readonly #before: Uint8Array[] = [];
  readonly #differences: number[] = [];
  #changedUs: number | null = null;
  #identical = 0;
  #longestUs = 0;

  constructor(regions: Regions) {
    this.#regions = regions;
  }

  add({ y, u, v, ptsUs }: MaskedFrame): void {
    if (this.#regions.shownPx === 0) return;
    if (this.#changedUs === null) this.#changedUs = ptsUs;
    else {
      this.#differences.push(this.#difference(y));
      if ([y, u, v].every((plane, i) => this.#isSame(plane, i))) {
        this.#identical += 1;
        this.#longestUs = Math.max(this.#longestUs, ptsUs - this.#changedUs);
      } else this.#changedUs = ptsUs;
    }
    for (const [i, plane] of [y, u, v].entries()) this.#keep(plane, i);
  }

  get found(): StillnessFound {
    const sorted = this.#differences.toSorted((a, b) => a - b);
    return { median: at(sorted, 0.5), identical: this.#identical, longestMs: this.#longestUs / 1_000 };
  }

  /** Padding is blanked by the mask as well. */
  #isSame({ data }: Plane, i: number): boolean {
    const before = this.#before[i];
    return before?.length === data.length && Buffer.compare(before, data) === 0;
  }

  #keep({ data }: Plane, i: number): void {
    const kept = this.#before[i];
    if (kept?.length === data.length) kept.set(data);
    else this.#before[i] = Uint8Array.from(data);
  }

  #difference({ data, stride, width }: Plane): number {
    const before = this.#before[0];
    const { luma } = this.#regions;
    let [sum, count] = [0, 0];
    for (let i = 0; i < luma.length; i += stepPx) {
      if (luma[i] !== region.shown) continue;
      const x = i % width;
      const place = ((i - x) / width) * stride + x;
      sum += Math.abs((data[place] ?? 0) - (before?.[place] ?? 0));
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  }
}
