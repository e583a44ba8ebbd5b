/**
 * Warp: the picture that a camera would give after a bump: shifted, rolled, nearer.
 *
 * Bilinear; what comes in from outside repeats the picture's edge. Chroma moves with luma.
 */
import type { I420, Plane } from "../../hal/frame.ts";
import { newPicture } from "../../hal/sim/picture.ts";

export interface Bump {
  /** Fractions of the picture's width, to the right and down. */
  readonly right?: number;
  readonly down?: number;
  /** Degrees around the middle of the picture, clockwise. */
  readonly rollDeg?: number;
}

export function warp(from: I420, bump: Bump): I420 {
  const into = newPicture(from);
  warpPlane(from.y, into.y, bump);
  warpPlane(from.u, into.u, bump);
  warpPlane(from.v, into.v, bump);
  return into;
}

function warpPlane(from: Plane, into: Plane, { right = 0, down = 0, rollDeg = 0 }: Bump): void {
  const { width, height, data, stride } = from;
  const turn = (rollDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0; row < height; row += 1) {
    const uy = row - middleY - down * width;
    for (let col = 0; col < width; col += 1) {
      const ux = col - middleX - right * width;
      const x = within(cos * ux + sin * uy + middleX, width);
      const y = within(cos * uy - sin * ux + middleY, height);
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
      const [fx, fy] = [x - x0, y - y0];
      const upper = at(data, y0 * stride + x0) * (1 - fx) + at(data, y0 * stride + x1) * fx;
      const lower = at(data, y1 * stride + x0) * (1 - fx) + at(data, y1 * stride + x1) * fx;
      into.data[row * into.stride + col] = Math.round(upper * (1 - fy) + lower * fy);
    }
  }
}

function within(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

function at(data: Uint8Array, index: number): number {
  return data[index] ?? 0;
}
