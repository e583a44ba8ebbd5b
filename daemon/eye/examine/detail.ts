/**
 * Detail: is the picture in focus, and is there a picture at all?
 *
 * Frames are added up in two halves, every other one in each. Noise of the two halves has nothing to do with
 * each other, so the product of what they say at one place keeps detail and loses noise: `fine` is the mean product
 * of their Laplacians, `coarse` that of the steps between 8x8 blocks. `sharpness` = 100 * fine / coarse: light
 * that gets brighter or dimmer changes both alike, a lens out of focus only the first. `contrast` is the
 * spread of the blocks: a hand before the lens leaves next to none.
 *
 * Only where a pixel and its eight neighbours are visible.
 */
import type { Plane } from "../../../hal/frame.ts";
import { region, type Regions } from "./regions.ts";

const blockPx = 8;
/** Every other row is enough, and half the time. */
const rowStep = 2;
/** Of each half: sums stay within 16 bits. */
const mostFrames = 16;

export interface DetailFound {
  readonly sharpness: number;
  readonly contrast: number;
}

export class Detail {
  readonly #regions: Regions;
  readonly #halves: readonly [Uint16Array, Uint16Array];
  #frames = 0;

  constructor(regions: Regions) {
    this.#regions = regions;
    const size = regions.width * regions.height;
    this.#halves = [new Uint16Array(size), new Uint16Array(size)];
  }

  /** Frames beyond what is needed are not looked at. */
  add({ data, stride, width, height }: Plane): void {
    if (this.#frames >= 2 * mostFrames) return;
    const sums = this.#halves[this.#frames % 2 === 0 ? 0 : 1];
    this.#frames += 1;
    for (let y = 0, i = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1, i += 1) sums[i] = (sums[i] ?? 0) + (data[y * stride + x] ?? 0);
  }

  /** All 0 when too little is visible, or fewer than two frames came. */
  get found(): DetailFound {
    const [a, b] = this.#halves;
    const counts = [Math.ceil(this.#frames / 2), Math.floor(this.#frames / 2)] as const;
    const scale = counts[0] * counts[1];
    if (scale === 0) return { sharpness: 0, contrast: 0 };
    const fine = meanFine(a, b, this.#regions) / scale;
    const { steps, spread } = coarseOf(a, b, this.#regions);
    const coarse = steps / scale;
    return {
      sharpness: coarse <= 0 ? 0 : Math.max(0, (100 * fine) / coarse),
      contrast: Math.sqrt(Math.max(0, spread / scale)),
    };
  }
}

function meanFine(a: Uint16Array, b: Uint16Array, { width, height, luma }: Regions): number {
  const laplacian = (of: Uint16Array, i: number): number =>
    4 * (of[i] as number) -
    (of[i - 1] as number) -
    (of[i + 1] as number) -
    (of[i - width] as number) -
    (of[i + width] as number);
  let [sum, count] = [0, 0];
  for (let y = 1; y < height - 1; y += rowStep) {
    // columns in a row whose three pixels are all visible; the third one makes the middle one clear
    let clear = 0;
    for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
      const column = (luma[i - width] as number) & (luma[i] as number) & (luma[i + width] as number);
      clear = column === region.shown ? clear + 1 : 0;
      if (clear < 3) continue;
      count += 1;
      sum += laplacian(a, i - 1) * laplacian(b, i - 1);
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Means of whole visible blocks; NaN where a block is not. */
function blocksOf(
  sums: Uint16Array,
  { width, height, luma }: Regions,
): { cols: number; means: Float64Array } {
  const [cols, rows] = [Math.floor(width / blockPx), Math.floor(height / blockPx)];
  const means = new Float64Array(cols * rows);
  for (let block = 0; block < means.length; block += 1) {
    const left = (block % cols) * blockPx;
    const top = Math.floor(block / cols) * blockPx;
    let sum = 0;
    for (let y = top; y < top + blockPx; y += 1) {
      for (let i = y * width + left; i < y * width + left + blockPx; i += 1)
        sum += luma[i] === region.shown ? (sums[i] as number) : Number.NaN;
    }
    means[block] = sum / (blockPx * blockPx);
  }
  return { cols, means };
}

function coarseOf(a: Uint16Array, b: Uint16Array, regions: Regions): { steps: number; spread: number } {
  const { cols, means: first } = blocksOf(a, regions);
  const { means: second } = blocksOf(b, regions);
  const one = (i: number): number => first[i] ?? Number.NaN;
  const other = (i: number): number => second[i] ?? Number.NaN;
  const products: number[] = [];
  for (let i = 0; i < first.length; i += 1) {
    if (i % cols < cols - 1) products.push((one(i + 1) - one(i)) * (other(i + 1) - other(i)));
    products.push((one(i + cols) - one(i)) * (other(i + cols) - other(i)));
  }
  const whole = [...first.keys()].filter((i) => !Number.isNaN(one(i)));
  const [meanOne, meanOther] = [mean(whole.map(one)), mean(whole.map(other))];
  return {
    steps: mean(products.filter((each) => !Number.isNaN(each))),
    spread: mean(whole.map((i) => (one(i) - meanOne) * (other(i) - meanOther))),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
