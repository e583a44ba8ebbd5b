/**
 * Mask proof: on live frames, is everything outside the line destroyed, and was there anything to destroy?
 *
 * `after` looks at every hidden sample of every masked frame. `before` looks at the same places of the camera's own
 * picture, about once a second, and counts one thing only: how many of them were something else than
 * the constant. Without that a camera that is black by itself would pass as masked. Counts leave, nothing else.
 *
 * The constants are written out on purpose: a mask that fills with something else is a fault to be found.
 */
import type { MaskedFrame, Plane, RawFrame } from "../../../hal/frame.ts";
import { region, type Regions } from "./regions.ts";

const black = 16;
const grey = 128;
const betweenRawUs = 1_000_000;

export interface MaskFound {
  readonly leaked: number;
  readonly looked: number;
  /** Of the hidden samples of the camera's own picture, 0..1. */
  readonly aliveFrac: number;
}

export class MaskProof {
  readonly #luma: Hidden;
  readonly #chroma: Hidden;
  #leaked = 0;
  #looked = 0;
  #alive = 0;
  #lookedRaw = 0;
  #nextRawUs = Number.NEGATIVE_INFINITY;

  constructor(regions: Regions) {
    const { width, luma, chroma } = regions;
    this.#luma = new Hidden(luma, width, black);
    this.#chroma = new Hidden(chroma, Math.ceil(width / 2), grey);
  }

  get found(): MaskFound {
    const aliveFrac = this.#lookedRaw === 0 ? 0 : this.#alive / this.#lookedRaw;
    return { leaked: this.#leaked, looked: this.#looked, aliveFrac };
  }

  before(raw: RawFrame): void {
    if (raw.ptsUs < this.#nextRawUs) return;
    this.#nextRawUs = raw.ptsUs + betweenRawUs;
    this.#lookedRaw += this.#luma.samples;
    this.#alive += this.#luma.others(raw.y);
  }

  after({ y, u, v }: MaskedFrame): void {
    this.#looked += this.#luma.samples + 2 * this.#chroma.samples;
    this.#leaked += this.#luma.others(y) + this.#chroma.others(u) + this.#chroma.others(v);
  }
}

/** Of a plane's hidden samples, how many there are and how many are something else. */
class Hidden {
  readonly #spans: readonly (readonly [y: number, from: number, to: number])[];
  readonly #constant: number;
  /** One row of it: a span that is right is compared in one call. */
  readonly #blank: Buffer;
  readonly samples: number;

  constructor(must: Uint8Array, width: number, constant: number) {
    this.#spans = spansOf(must, width);
    this.#constant = constant;
    this.#blank = Buffer.alloc(width, constant);
    this.samples = this.#spans.reduce((sum, [, from, to]) => sum + to - from, 0);
  }

  others({ data, stride }: Plane): number {
    let others = 0;
    for (const [y, from, to] of this.#spans) {
      const [start, end] = [y * stride + from, y * stride + to];
      if (this.#blank.compare(data, start, end, 0, to - from) === 0) continue;
      for (let i = start; i < end; i += 1) if (data[i] !== this.#constant) others += 1;
    }
    return others;
  }
}

function spansOf(must: Uint8Array, width: number): [number, number, number][] {
  const spans: [number, number, number][] = [];
  for (let row = 0; row < must.length; row += width) {
    let from = -1;
    for (let x = 0; x <= width; x += 1) {
      const isHidden = x < width && must[row + x] === region.hidden;
      if (isHidden && from < 0) from = x;
      if (isHidden || from < 0) continue;
      spans.push([row / width, from, x]);
      from = -1;
    }
  }
  return spans;
}
