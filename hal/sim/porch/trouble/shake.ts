/**
 * Shake: gusts tremble the camera's bracket, and a slammed door bumps it; both settle where it was.
 *
 * The finished picture is moved as a whole, by parts of a pixel; its edge is repeated where it
 * was moved away from.
 */
import type { Canvas } from "../canvas.ts";
import { between, chance, drift, hash, sineTurns, smooth } from "../math.ts";
import { canvasHeight, canvasWidth } from "../plan.ts";

/** Canvas units to the right and down. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

export const atRest: Offset = { x: 0, y: 0 };

const slamMs = 17_000;
const settleMs = 1_500;

export function shakeAt(seed: number, tMs: number, strength: number): Offset {
  if (strength <= 0) return atRest;
  const gust = smooth(0.35, 0.8, drift(hash(seed, 0x5a4e), tMs / 3_700)) * strength;
  const tremble = sineTurns(tMs / 233) * 0.7 + sineTurns(tMs / 97 + 0.3) * 0.4;
  const rock = sineTurns(tMs / 1_130 + 0.1);
  const slot = Math.floor(tMs / slamMs);
  const since = tMs - slot * slamMs - between(2_000, 9_000, chance(seed, 0x51a4, slot));
  let bump = 0;
  if (since >= 0 && since < settleMs) {
    const left = 1 - since / settleMs;
    bump = sineTurns(since / 210 + 0.08) * left * left * left * between(9, 18, chance(seed, 0x51a5, slot));
  }
  return {
    x: gust * (2.6 * rock + 1.7 * tremble) + bump * 0.35 * strength,
    y: gust * (0.9 * rock + 1.1 * tremble) + bump * strength,
  };
}

/** `from` moved by an offset into `to`. */
export function moveCanvas(from: Canvas, to: Canvas, offset: Offset): void {
  const dx = (offset.x * from.width) / canvasWidth;
  const dy = (offset.y * from.height) / canvasHeight;
  const { width, height, halfWidth, halfHeight } = from;
  movePlane(from.y, to.y, { width, height, stride: from.stride, dx, dy });
  const half = { width: halfWidth, height: halfHeight, stride: from.chromaStride, dx: dx / 2, dy: dy / 2 };
  movePlane(from.u, to.u, half);
  movePlane(from.v, to.v, half);
}

interface Move {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly dx: number;
  readonly dy: number;
}

/** Sixteenths of a pixel, two neighbours in each direction. */
function movePlane(from: Uint8Array, to: Uint8Array, { width, height, stride, dx, dy }: Move): void {
  const [sx, sy] = [Math.round(-dx * 16), Math.round(-dy * 16)];
  const [wholeX, wholeY] = [sx >> 4, sy >> 4];
  const [fx, fy] = [sx & 15, sy & 15];
  const [a, b, c, d] = [(16 - fx) * (16 - fy), fx * (16 - fy), (16 - fx) * fy, fx * fy];
  const row = (y: number): number => (y < 0 ? 0 : y >= height ? height - 1 : y) * stride;
  const last = width - 1;
  for (let y = 0; y < height; y += 1) {
    const upper = row(y + wholeY);
    const lower = row(y + wholeY + 1);
    const out = y * stride;
    for (let x = 0; x < width; x += 1) {
      const l = x + wholeX;
      const left = l < 0 ? 0 : l > last ? last : l;
      const right = l + 1 < 0 ? 0 : l + 1 > last ? last : l + 1;
      const sum =
        (from[upper + left] as number) * a +
        (from[upper + right] as number) * b +
        (from[lower + left] as number) * c +
        (from[lower + right] as number) * d;
      to[out + x] = (sum + 128) >> 8;
    }
  }
}
