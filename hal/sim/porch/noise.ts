/**
 * Noise: the sensor's grain, laid over the finished canvas on its way into the caller's planes.
 *
 * A tile of bell-shaped noise per strength is made once; every frame and row starts at its own
 * hashed place in it. Four pixels are added at a time in one 32-bit word: the canvas keeps clear
 * of 0 and 255 by more than the largest grain, so no byte carries into the next.
 */
import type { I420, Plane } from "../../frame.ts";
import type { Canvas } from "./canvas.ts";
import { clamp, hash } from "./math.ts";

const tileBytes = 65_536;
/** Longest row that may start anywhere in the tile. */
const spareBytes = 8_192;

interface Tile {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  /** Added to every byte of the tile so that none is negative. */
  readonly bias: number;
}

const tiles = new Map<number, Tile>();

/** Strength in tenths of a grey level (standard deviation). */
function tileOf(tenths: number, bias: number): Tile {
  const key = tenths * 64 + bias;
  const known = tiles.get(key);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(tileBytes + spareBytes);
  for (let i = 0; i < tileBytes; i += 1) {
    const h = hash(0x9015e, i, tenths);
    // four 8-bit uniforms: standard deviation 147.8 around 510
    const sum = (h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510;
    const dither = (hash(0xd17, i) & 1023) / 1024;
    bytes[i] = bias + clamp(Math.floor((sum * tenths) / 1478 + dither), -bias, bias);
  }
  bytes.copyWithin(tileBytes, 0, spareBytes);
  const tile = { words: new Int32Array(bytes.buffer), bytes, bias };
  tiles.set(key, tile);
  return tile;
}

export interface Grain {
  readonly lumaTenths: number;
  readonly chromaTenths: number;
  /** Names the frame. */
  readonly seed: number;
  /** Grain reaches this far from the canvas, which must keep as far from 0 and 255; default 12. */
  readonly lumaReach?: number;
}

/** Canvas + grain into the planes. */
export function develop(canvas: Canvas, into: I420, grain: Grain): void {
  const luma = tileOf(grain.lumaTenths, grain.lumaReach ?? 12);
  const chroma = tileOf(grain.chromaTenths, 6);
  developPlane({ data: canvas.y, stride: canvas.stride }, into.y, luma, grain.seed);
  developPlane({ data: canvas.u, stride: canvas.chromaStride }, into.u, chroma, hash(grain.seed, 1));
  developPlane({ data: canvas.v, stride: canvas.chromaStride }, into.v, chroma, hash(grain.seed, 2));
}

interface Rows {
  readonly data: Uint8Array;
  readonly stride: number;
}

function developPlane(from: Rows, into: Plane, tile: Tile, seed: number): void {
  const { width, height } = into;
  const aligned = into.data.byteOffset % 4 === 0 && into.stride % 4 === 0;
  const wholeWords = aligned ? width >> 2 : 0;
  const source = new Int32Array(from.data.buffer);
  const target = aligned
    ? new Int32Array(into.data.buffer, into.data.byteOffset, into.data.byteLength >> 2)
    : null;
  const { words, bytes, bias } = tile;
  const biases = (bias * 0x01010101) | 0;
  for (let y = 0; y < height; y += 1) {
    const start = hash(seed, y) & (tileBytes - 4);
    if (target !== null) {
      let s = (y * from.stride) >> 2;
      let t = (y * into.stride) >> 2;
      let n = start >> 2;
      for (const end = t + wholeWords; t < end; t += 1, s += 1, n += 1) {
        target[t] = ((source[s] as number) + (words[n] as number) - biases) | 0;
      }
    }
    const row = y * from.stride;
    const out = y * into.stride;
    for (let x = wholeWords * 4; x < width; x += 1) {
      into.data[out + x] = (from.data[row + x] as number) + (bytes[(start + x) % tileBytes] as number) - bias;
    }
  }
}
