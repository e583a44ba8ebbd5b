/**
 * Picture: freshly allocated I420 memory, rows padded to a multiple of 16 bytes.
 */
import type { FrameGeometry, I420, Plane } from "../frame.ts";

export type Picture = I420;

const strideStep = 16;

function newPlane(width: number, height: number): Plane {
  const stride = Math.ceil(width / strideStep) * strideStep;
  return { data: new Uint8Array(stride * height), stride, width, height };
}

/** Odd sizes round chroma up. */
export function newPicture({ width, height }: FrameGeometry): Picture {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  return {
    width,
    height,
    y: newPlane(width, height),
    u: newPlane(halfWidth, halfHeight),
    v: newPlane(halfWidth, halfHeight),
  };
}
