/**
 * Pre-roll: the last seconds as whole GOPs, ready when something happens.
 *
 * Holds masked, encoded units only. Starts on a keyframe always; drops whole GOPs, oldest first,
 * once the next one alone reaches back far enough, or when the bytes exceed the bound. A single
 * GOP larger than the bound is dropped and counted, and the buffer waits for the next keyframe.
 */
import type { EncodedUnit } from "../../../hal/encoder.ts";

export interface PrerollOptions {
  readonly durationUs: number;
  readonly maxBytes: number;
}

interface Gop {
  readonly units: EncodedUnit[];
  readonly startUs: number;
  bytes: number;
}

export class Preroll {
  readonly #options: PrerollOptions;
  #gops: Gop[] = [];
  #bytes = 0;
  /** Units lost to the byte bound, or that came before any keyframe. */
  dropped = 0;

  constructor(options: PrerollOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(unit: EncodedUnit): void {
    if (unit.keyframe) this.#gops.push({ units: [], startUs: unit.ptsUs, bytes: 0 });
    const gop = this.#gops.at(-1);
    if (gop === undefined) {
      this.dropped += 1;
      return;
    }
    gop.units.push(unit);
    gop.bytes += unit.data.length;
    this.#bytes += unit.data.length;
    this.#trim(unit.ptsUs);
  }

  /**
   * Units from the last keyframe at or before `atUs - duration` on (or the first one held). GOPs
   * that ended by `doneUs`, because a clip before this one has them, are left out.
   */
  since(atUs: number, doneUs: number = -Infinity): EncodedUnit[] {
    const wanted = atUs - this.#options.durationUs;
    const from = this.#gops.findLastIndex((gop) => gop.startUs <= wanted);
    return this.#gops
      .slice(Math.max(0, from))
      .map((gop) => gop.units)
      .filter((units) => (units.at(-1)?.ptsUs ?? 0) > doneUs)
      .flat();
  }

  /** The GOP that is being filled: what a new viewer needs to see a picture at once. */
  currentGop(): readonly EncodedUnit[] {
    return this.#gops.at(-1)?.units ?? [];
  }

  clear(): void {
    this.#gops = [];
    this.#bytes = 0;
  }

  #trim(nowUs: number): void {
    for (let next = this.#gops[1]; next !== undefined; next = this.#gops[1]) {
      const enough = next.startUs <= nowUs - this.#options.durationUs;
      if (!enough && this.#bytes <= this.#options.maxBytes) return;
      this.#bytes -= this.#gops.shift()?.bytes ?? 0;
    }
    if (this.#bytes > this.#options.maxBytes) {
      this.dropped += this.#gops[0]?.units.length ?? 0;
      this.clear();
    }
  }
}
