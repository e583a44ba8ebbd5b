/**
 * Input: a masked frame, or a region of it, as the tensor that a model's manifest describes.
 *
 * One Input belongs to one model and owns one buffer: what `fill` wrote is valid until the next `fill`. The frame
 * is not kept. Reads strides, never assumes them; a region may lie at or beyond the edge of the picture.
 */
import { assert } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";
import { channelsOf, inputDims, type InputSpec } from "../manifest-input.ts";
import { grayRow, rgbRow, toRgb, usualColours, type Colours } from "./colours.ts";
import { place, type Placement } from "./placement.ts";
import { Rows } from "./rows.ts";

/** No picture is that large: a region beyond is a caller's mistake. */
const farPx = 16_384;

export class Input {
  readonly dims: readonly number[];
  readonly data: Float32Array | Uint8Array;
  readonly #spec: InputSpec;
  readonly #y = new Rows();
  readonly #u = new Rows();
  readonly #v = new Rows();
  /** From one channel to the next of a pixel, and from one pixel to the next. */
  readonly #channelStep: number;
  readonly #pixelStep: number;
  /** A sample times this, plus that, is a figure of the tensor: by channel. */
  readonly #factor: readonly number[];
  readonly #bias: readonly number[];
  #padded = "";

  constructor(spec: InputSpec) {
    const channels = channelsOf(spec);
    const pixels = spec.width * spec.height;
    this.#spec = spec;
    this.dims = inputDims(spec);
    this.data =
      spec.type === "uint8" ? new Uint8Array(pixels * channels) : new Float32Array(pixels * channels);
    this.#channelStep = spec.layout === "nchw" ? pixels : 1;
    this.#pixelStep = spec.layout === "nchw" ? 1 : channels;
    const of = (figures: readonly number[] | undefined, at: number, otherwise: number) =>
      figures?.[at] ?? otherwise;
    const all = Array.from({ length: channels }, (_, at) => at);
    this.#factor = all.map((at) => spec.scale / of(spec.std, at, 1));
    this.#bias = all.map((at) => -of(spec.mean, at, 0) / of(spec.std, at, 1));
  }

  /** `region` in pixels of the frame (for square cuts; others take the whole frame). */
  fill(frame: MaskedFrame, region: BoxPx, colours: Colours = usualColours(frame)): Placement {
    assert(
      region.every((value) => Math.abs(value) <= farPx) && region[2] >= 0 && region[3] >= 0,
      `region ${region.join(" ")} of ${frame.width}x${frame.height}`,
    );
    const placement = place(this.#spec, frame, region);
    this.#pad(placement);
    const { part, width, height } = placement;
    const half = { x: part.x / 2, y: part.y / 2, width: part.width / 2, height: part.height / 2 };
    this.#y.set(frame.y, part, width, height);
    if (this.#spec.channels !== "gray") {
      this.#u.set(frame.u, half, width, height);
      this.#v.set(frame.v, half, width, height);
    }
    const matrix = toRgb(colours);
    for (let j = 0; j < height; j += 1) {
      this.#y.row(frame.y, j);
      const at = ((placement.top + j) * this.#spec.width + placement.left) * this.#pixelStep;
      if (this.#spec.channels === "gray") {
        grayRow(this.#y.out, width, matrix);
        this.#put(this.#y.out, 0, at, width);
        continue;
      }
      this.#u.row(frame.u, j);
      this.#v.row(frame.v, j);
      rgbRow({ y: this.#y.out, u: this.#u.out, v: this.#v.out }, width, matrix);
      const red = this.#spec.channels === "rgb" ? 0 : 2;
      this.#put(this.#y.out, red, at, width);
      this.#put(this.#u.out, 1, at, width);
      this.#put(this.#v.out, 2 - red, at, width);
    }
    return placement;
  }

  /** What no picture covers; it stays until the picture lies elsewhere. */
  #pad({ left, top, width, height }: Placement): void {
    const key = `${left} ${top} ${width} ${height}`;
    if (key === this.#padded) return;
    this.#padded = key;
    const { pad, type } = this.#spec;
    for (const [channel, factor] of this.#factor.entries()) {
      const value = type === "uint8" ? pad : pad * factor + (this.#bias[channel] ?? 0);
      const first = channel * this.#channelStep;
      const last = this.#channelStep === 1 ? this.data.length : first + this.#channelStep;
      for (let at = first; at < last; at += this.#pixelStep) this.data[at] = value;
    }
  }

  /** One row of a channel, `width` samples. */
  #put(row: Float64Array, channel: number, at: number, width: number): void {
    const to = { at: at + channel * this.#channelStep, step: this.#pixelStep };
    if (this.data instanceof Uint8Array) putBytes(row, this.data, to, width);
    else
      putFigures(
        row,
        this.data,
        { ...to, factor: this.#factor[channel] ?? 1, bias: this.#bias[channel] ?? 0 },
        width,
      );
  }
}

interface Strided {
  readonly at: number;
  readonly step: number;
}

function putBytes(row: Float64Array, into: Uint8Array, { at, step }: Strided, width: number): void {
  let to = at;
  for (let i = 0; i < width; i += 1) {
    into[to] = (row[i] as number) + 0.5;
    to += step;
  }
}

function putFigures(
  row: Float64Array,
  into: Float32Array,
  { at, step, factor, bias }: Strided & { readonly factor: number; readonly bias: number },
  width: number,
): void {
  let to = at;
  for (let i = 0; i < width; i += 1) {
    into[to] = (row[i] as number) * factor + bias;
    to += step;
  }
}
