/**
 * Stamp: the wall clock as a row of black and white blocks, painted over the porch floor.
 *
 * 32 bits of the time in milliseconds, most significant first, and 4 bits of parity (the nibbles
 * of the time combined by exclusive or, plus one), between a white and a black guard block, on a
 * dark ground. The blocks are large enough to survive H.264 at 2 Mbit/s and any scaling. Lies
 * inside the simulated property line, so a masked picture still has it.
 */
import type { I420 } from "../../frame.ts";
import { blackLuma } from "./canvas.ts";

/** Where the row of blocks lies, in fractions of the picture. */
const box = { left: 0.12, right: 0.88, top: 0.925, bottom: 0.97 } as const;
const cells = 38;
const white = 225;

function bitsOf(wallMs: number): boolean[] {
  const value = Number(BigInt.asUintN(32, BigInt(Math.floor(wallMs))));
  const bits: boolean[] = [true];
  let parity = 1;
  for (let i = 31; i >= 0; i -= 1) bits.push(((value >>> i) & 1) === 1);
  for (let i = 0; i < 32; i += 4) parity ^= (value >>> i) & 15;
  for (let i = 3; i >= 0; i -= 1) bits.push(((parity >>> i) & 1) === 1);
  bits.push(false);
  return bits;
}

/** Paints the low 32 bits of a wall time. */
export function paintStamp(into: I420, wallMs: number): void {
  const { width, height, y: luma } = into;
  const rim = 0.012;
  const px = (fraction: number): number => Math.round(fraction * width);
  const py = (fraction: number): number => Math.round(fraction * height);
  for (let y = py(box.top - rim); y < Math.min(height, py(box.bottom + rim)); y += 1) {
    const row = y * luma.stride;
    luma.data.fill(blackLuma, row + px(box.left - rim), row + px(box.right + rim));
    const c = (y >> 1) * into.u.stride;
    into.u.data.fill(128, c + (px(box.left - rim) >> 1), c + (px(box.right + rim) >> 1));
    into.v.data.fill(128, c + (px(box.left - rim) >> 1), c + (px(box.right + rim) >> 1));
  }
  const step = (box.right - box.left) / cells;
  bitsOf(wallMs).forEach((bit, cell) => {
    if (!bit) return;
    const from = px(box.left + cell * step);
    const to = px(box.left + (cell + 1) * step);
    for (let y = py(box.top); y < py(box.bottom); y += 1) {
      luma.data.fill(white, y * luma.stride + from, y * luma.stride + to);
    }
  });
}

/**
 * The stamped time (unsigned, modulo 2^32), or null when there is none to be read.
 *
 * `brightness` gives the luma (or the green of an RGBA canvas) of a pixel. Uses nothing from
 * outside itself, so that `readStamp.toString()` can be run in a page.
 */
export function readStamp(
  brightness: (xPx: number, yPx: number) => number,
  width: number,
  height: number,
): number | null {
  const left = 0.12;
  const right = 0.88;
  const top = 0.925;
  const bottom = 0.97;
  const cells = 38;
  const step = (right - left) / cells;
  const levels: number[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    let sum = 0;
    for (const fx of [0.35, 0.5, 0.65]) {
      for (const fy of [0.35, 0.5, 0.65]) {
        const x = Math.min(width - 1, Math.floor((left + (cell + fx) * step) * width));
        const y = Math.min(height - 1, Math.floor((top + (bottom - top) * fy) * height));
        sum += brightness(x, y);
      }
    }
    levels.push(sum / 9);
  }
  const white = levels[0] ?? 0;
  const black = levels[cells - 1] ?? 0;
  if (white - black < 60) return null;
  const middle = (white + black) / 2;
  let value = 0;
  let parity = 1;
  for (let i = 0; i < 32; i += 1) value = value * 2 + ((levels[1 + i] ?? 0) > middle ? 1 : 0);
  for (let rest = value; rest > 0; rest = Math.floor(rest / 16)) parity ^= rest % 16;
  let found = 0;
  for (let i = 0; i < 4; i += 1) found = found * 2 + ((levels[33 + i] ?? 0) > middle ? 1 : 0);
  return found === parity ? value : null;
}
