/**
 * Masked frames of plain colours, made by the mask itself: nothing else can make one.
 */
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import type { FrameMemory, MaskedFrame, Plane } from "../../../hal/frame.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** What is left and right in a frame of 64x32. */
export const left: BoxPx = [4, 4, 24, 24];
export const right: BoxPx = [36, 4, 24, 24];

const size = { width: 64, height: 32 };
const masker = createMasker(rasteriseOpening(size, wholePicture));

/** Limited range, BT.601, as a camera gives it. */
function yuv([red, green, blue]: Colour): readonly [y: number, u: number, v: number] {
  return [
    16 + (65.5 * red + 128.6 * green + 25 * blue) / 255,
    128 + (-37.8 * red - 74.2 * green + 112 * blue) / 255,
    128 + (112 * red - 93.8 * green - 18.2 * blue) / 255,
  ];
}

function halves(width: number, height: number, one: number, two: number): Plane {
  const data = new Uint8Array(width * height).map((_, at) => Math.round(at % width < width / 2 ? one : two));
  return { data, stride: width, width, height };
}

function memory(): FrameMemory {
  const { width, height } = size;
  const plane = (w: number, h: number): Plane => ({
    data: new Uint8Array(w * h),
    stride: w,
    width: w,
    height: h,
  });
  const [half, low] = [width / 2, height / 2];
  return { ...size, y: plane(width, height), u: plane(half, low), v: plane(half, low), release() {} };
}

/** One colour on the left, another on the right. */
export function frameOf(one: Colour, two: Colour = one): MaskedFrame {
  const [a, b] = [yuv(one), yuv(two)];
  const [half, low] = [size.width / 2, size.height / 2];
  const y = halves(size.width, size.height, a[0], b[0]);
  const [u, v] = [halves(half, low, a[1], b[1]), halves(half, low, a[2], b[2])];
  return masker.apply({ ...size, y, u, v, ptsUs: 0, sequence: 0 }, memory());
}

export const colours = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  grey: [114, 114, 114],
} as const;
