/**
 * Masked frames of drawn pictures, made by the mask itself, in memory whose rows are longer than the picture.
 */
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { wholePicture } from "../../daemon/eye/mask/whole-picture.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import type { FrameGeometry, MaskedFrame, Plane } from "../../hal/frame.ts";
import type { Polygon } from "../../hal/geometry.ts";

export type Draw = (x: number, y: number) => number;

export interface Drawing {
  readonly y: Draw;
  readonly u?: Draw;
  readonly v?: Draw;
  /** Bytes between rows, of whatever was there before. */
  readonly gap?: number;
  readonly line?: Polygon;
}

const grey: Draw = () => 128;

export function frameOf(size: FrameGeometry, { y, u = grey, v = grey, gap = 0, line }: Drawing): MaskedFrame {
  const half = { width: Math.ceil(size.width / 2), height: Math.ceil(size.height / 2) };
  const opening = line === undefined ? wholePicture : { ...wholePicture, propertyLine: line };
  const memory = {
    ...size,
    y: empty(size, gap),
    u: empty(half, gap),
    v: empty(half, gap),
    release: () => {},
  };
  const raw = { ...size, y: drawn(size, y), u: drawn(half, u), v: drawn(half, v), ptsUs: 0, sequence: 0 };
  return createMasker(rasteriseOpening(size, opening)).apply(raw, memory);
}

/** A frame of packed I420 bytes, Y, U and V one after another. */
export function frameFrom(size: FrameGeometry, i420: Uint8Array): MaskedFrame {
  const half = { width: Math.ceil(size.width / 2), height: Math.ceil(size.height / 2) };
  const [luma, chroma] = [size.width * size.height, half.width * half.height];
  const plane = (of: FrameGeometry, from: number): Plane => {
    return { data: i420.subarray(from, from + of.width * of.height), stride: of.width, ...of };
  };
  const raw = {
    ...size,
    y: plane(size, 0),
    u: plane(half, luma),
    v: plane(half, luma + chroma),
    ptsUs: 0,
    sequence: 0,
  };
  const memory = { ...size, y: empty(size, 0), u: empty(half, 0), v: empty(half, 0), release: () => {} };
  return createMasker(rasteriseOpening(size, wholePicture)).apply(raw, memory);
}

function empty({ width, height }: FrameGeometry, gap: number): Plane {
  return { data: new Uint8Array((width + gap) * height).fill(77), stride: width + gap, width, height };
}

function drawn({ width, height }: FrameGeometry, draw: Draw): Plane {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data[y * width + x] = draw(x, y);
  return { data, stride: width, width, height };
}
