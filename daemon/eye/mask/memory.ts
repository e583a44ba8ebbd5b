/**
 * Plain picture memory, for when no encoder lends any (replay without an output, tests).
 */
import type { FrameMemory, Plane } from "../../../hal/frame.ts";

/** One I420 picture with tight rows; `release` does nothing, the memory may be used again. */
export function createPlainMemory(width: number, height: number): FrameMemory {
  const plane = (w: number, h: number): Plane => ({
    data: new Uint8Array(w * h),
    stride: w,
    width: w,
    height: h,
  });
  const [cw, ch] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  return { width, height, y: plane(width, height), u: plane(cw, ch), v: plane(cw, ch), release: () => {} };
}
