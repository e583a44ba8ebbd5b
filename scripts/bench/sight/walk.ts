/**
 * Walk: a drawn person who walks across a scene of stones, for meaning.ts.
 *
 * Every value is a hash of its place and time: same walk, same bytes.
 */
import type { FrameGeometry, RawFrame } from "../../../hal/frame.ts";

export interface Walk {
  /** Of the person, as a share of the picture's height. */
  readonly height: number;
  /** Luma levels between clothes and scene. */
  readonly contrast: number;
  /** Body heights a second. */
  readonly speed: number;
  /** Standard deviation of the sensor's noise, in luma levels. */
  readonly noise: number;
  readonly seed: number;
}

function hash(a: number, b: number, c: number): number {
  let h =
    Math.imul(a + 0x9e37, 0x9e3779b1) ^ Math.imul(b + 0x7f4a, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296;
}

/** Gives the picture `step` frames (15 a second) after the person came in; none before 0. */
export function pictureOf(
  { width, height }: FrameGeometry,
  walk: Walk,
): (step: number, frame: number) => RawFrame {
  const scene = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const stone = hash(Math.floor(x / 19), Math.floor(y / 13), walk.seed);
    return 70 + 50 * stone + 12 * hash(x >> 1, y >> 1, walk.seed);
  });
  const noises = Float32Array.from({ length: 65_536 }, (_, i) => {
    const sum = hash(i, 1, walk.seed) + hash(i, 2, walk.seed) + hash(i, 3, walk.seed);
    return 2 * walk.noise * (sum - 1.5);
  });
  const chroma = {
    data: new Uint8Array((width * height) / 4),
    stride: width / 2,
    width: width / 2,
    height: height / 2,
  };
  return (step, frame) => {
    const data = new Uint8Array(width * height);
    const shift = Math.floor(65_536 * hash(frame, 5, walk.seed));
    for (let i = 0; i < data.length; i += 1) {
      data[i] = (scene[i] ?? 0) + (noises[(i * 7 + shift + (i >> 9) * 13) & 65_535] ?? 0);
    }
    if (step >= 0) draw(data, { width, height }, walk, step);
    const y = { data, stride: width, width, height };
    return { width, height, y, u: chroma, v: chroma, ptsUs: frame * 66_667, sequence: frame };
  };
}

/** Lays the person over the picture: the scene's noise stays. */
function draw(data: Uint8Array, { width, height }: FrameGeometry, walk: Walk, step: number): void {
  const tall = walk.height * height;
  const middle = -0.1 * tall + (step / 15) * walk.speed * tall + 0.15 * tall;
  const foot = Math.min(height, 0.55 * height + tall / 2);
  const stride = 0.14 * Math.sin(2 * Math.PI * 1.1 * (step / 15));
  for (let y = Math.max(0, Math.floor(foot - tall)); y < foot; y += 1) {
    const up = (foot - y) / tall;
    for (
      let x = Math.max(0, Math.floor(middle - 0.3 * tall));
      x < Math.min(width, middle + 0.3 * tall);
      x += 1
    ) {
      const part = partAt((x + 0.5 - middle) / tall, up, stride);
      if (part === 0) continue;
      const i = y * width + x;
      const fold = 0.3 * (hash(Math.floor((40 * (x - middle)) / tall), Math.floor(40 * up), walk.seed) - 0.5);
      data[i] = Math.max(0, Math.min(255, (data[i] ?? 0) + walk.contrast * (part + fold)));
    }
  }
}

/** How a place of the body differs: trousers darker, jacket and head brighter than the scene. */
function partAt(across: number, up: number, stride: number): number {
  if (up > 0.87) return Math.hypot(across, up - 0.935) < 0.065 ? 0.8 : 0;
  if (up > 0.47) return Math.abs(across) < 0.11 ? 1 : 0;
  const apart = (0.47 - up) * 2.1 * stride;
  return Math.min(Math.abs(across - apart), Math.abs(across + apart)) < 0.05 ? -1 : 0;
}
