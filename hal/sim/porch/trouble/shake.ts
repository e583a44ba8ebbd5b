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
  const weights = [(16 - fx) * (16 - fy), fx * (16 - fy), (16 - fx) * fy, fx * fy] as const;
  const row = (y: number): number => (y < 0 ? 0 : y >= height ? height - 1 : y) * stride;
  // columns whose neighbours all lie within the row, in whole words
  const fromX = Math.min(width, (Math.max(0, -wholeX) + 3) & ~3);
  const toX = Math.max(fromX, Math.min(width, width - wholeX - 8) & ~3);
  for (let y = 0; y < height; y += 1) {
    const rows = { upper: row(y + wholeY), lower: row(y + wholeY + 1), out: y * stride, wholeX, weights };
    moveEdge(from, to, { ...rows, fromX: 0, toX: fromX, last: width - 1 });
    moveWords(from, to, { ...rows, fromX, toX, last: width - 1 });
    moveEdge(from, to, { ...rows, fromX: toX, toX: width, last: width - 1 });
  }
}

interface Rows {
  /** Where the two rows and the row to be written begin. */
  readonly upper: number;
  readonly lower: number;
  readonly out: number;
  readonly wholeX: number;
  readonly weights: readonly [number, number, number, number];
  readonly fromX: number;
  readonly toX: number;
  readonly last: number;
}

function moveEdge(from: Uint8Array, to: Uint8Array, rows: Rows): void {
  const { upper, lower, out, wholeX, last } = rows;
  const [a, b, c, d] = rows.weights;
  for (let x = rows.fromX; x < rows.toX; x += 1) {
    const l = x + wholeX;
    const left = l < 0 ? 0 : l > last ? last : l;
    const right = l + 1 < 0 ? 0 : l + 1 > last ? last : l + 1;
    const sum =
      (from[upper + left] as number) * a +
      (from[upper + right] as number) * b +
      (from[lower + left] as number) * c +
      (from[lower + right] as number) * d;
    to[out + x] = sum >> 8;
  }
}

const lanes = 0x00ff00ff;

/** The same for four samples at a time: two of a word's bytes at once, each in 16 bits. */
function moveWords(from: Uint8Array, to: Uint8Array, rows: Rows): void {
  const source = new Int32Array(from.buffer, from.byteOffset, from.byteLength >> 2);
  const target = new Int32Array(to.buffer, to.byteOffset, to.byteLength >> 2);
  const [a, b, c, d] = rows.weights;
  const start = rows.fromX + rows.wholeX;
  const shift = (start & 3) * 8;
  const rest = 32 - shift;
  let u = (rows.upper + start) >> 2;
  let l = (rows.lower + start) >> 2;
  const end = (rows.out + rows.toX) >> 2;
  for (let t = (rows.out + rows.fromX) >> 2; t < end; t += 1, u += 1, l += 1) {
    let up = source[u] as number;
    let low = source[l] as number;
    let upNext = source[u + 1] as number;
    let lowNext = source[l + 1] as number;
    if (shift > 0) {
      up = (up >>> shift) | (upNext << rest);
      low = (low >>> shift) | (lowNext << rest);
      upNext = upNext >>> shift;
      lowNext = lowNext >>> shift;
    }
    const upRight = (up >>> 8) | (upNext << 24);
    const lowRight = (low >>> 8) | (lowNext << 24);
    const even =
      Math.imul(up & lanes, a) +
      Math.imul(upRight & lanes, b) +
      Math.imul(low & lanes, c) +
      Math.imul(lowRight & lanes, d);
    const odd =
      Math.imul((up >>> 8) & lanes, a) +
      Math.imul((upRight >>> 8) & lanes, b) +
      Math.imul((low >>> 8) & lanes, c) +
      Math.imul((lowRight >>> 8) & lanes, d);
    target[t] = ((even >>> 8) & lanes) | (odd & ~lanes);
  }
}
