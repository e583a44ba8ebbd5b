/** Pictures for mask tests: planes with padding, filled from a seed. */
import type { FrameGeometry, FrameMemory, Plane, RawFrame } from "../../../../hal/frame.ts";

export interface PictureOptions {
  readonly paddingBytes?: number;
  readonly seed?: number;
}

function plane(width: number, height: number, { paddingBytes = 0, seed = 1 }: PictureOptions): Plane {
  const stride = width + paddingBytes;
  const data = new Uint8Array(stride * height);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < data.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    data[i] = state >>> 24;
  }
  return { data, stride, width, height };
}

export function noisePicture({ width, height }: FrameGeometry, options: PictureOptions = {}): RawFrame {
  const seed = options.seed ?? 1;
  const [cw, ch] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  return {
    width,
    height,
    y: plane(width, height, options),
    u: plane(cw, ch, { ...options, seed: seed + 1 }),
    v: plane(cw, ch, { ...options, seed: seed + 2 }),
    ptsUs: seed * 1000,
    sequence: seed,
  };
}

/** Memory whose bytes are garbage, as recycled memory is. */
export function dirtyMemory(geometry: FrameGeometry, options: PictureOptions = {}): FrameMemory {
  const { y, u, v, width, height } = noisePicture(geometry, { seed: 99, ...options });
  return { width, height, y, u, v, release: () => {} };
}

/** Even-odd, independent of the rasteriser's scan lines. */
export function isInside(polygon: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}
