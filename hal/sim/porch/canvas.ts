/**
 * Canvas: the working picture on which a frame is put together before the noise goes over it.
 *
 * I420 with rows padded to 4 bytes. Luma stays within blackLuma..whiteLuma, so that the noise
 * can be added four pixels at a time without a carry (noise.ts).
 */
import type { FrameGeometry } from "../../frame.ts";

export const blackLuma = 16;
export const whiteLuma = 231;

export interface Canvas extends FrameGeometry {
  readonly stride: number;
  readonly chromaStride: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

export function newCanvas({ width, height }: FrameGeometry): Canvas {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const stride = (width + 3) & ~3;
  const chromaStride = (halfWidth + 3) & ~3;
  return {
    width,
    height,
    stride,
    chromaStride,
    halfWidth,
    halfHeight,
    y: new Uint8Array(stride * height),
    u: new Uint8Array(chromaStride * halfHeight),
    v: new Uint8Array(chromaStride * halfHeight),
  };
}

export function copyCanvas(from: Canvas, to: Canvas): void {
  to.y.set(from.y);
  to.u.set(from.u);
  to.v.set(from.v);
}
