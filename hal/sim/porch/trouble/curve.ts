/**
 * Curve: every luma through one table, as exposure and low light do, and chroma drawn to grey.
 */
import { blackLuma, type Canvas, whiteLuma } from "../canvas.ts";
import { clamp } from "../math.ts";

const kneeLuma = 190;

/** Everything times a gain, bent softly below white. */
export function gainCurve(gain: number): Uint8Array {
  const table = new Uint8Array(256);
  for (let i = 0; i < 256; i += 1) {
    const y = blackLuma + (i - blackLuma) * gain;
    const over = y - kneeLuma;
    const room = whiteLuma - kneeLuma;
    const bent = over > 0 ? kneeLuma + (room * over) / (over + room) : y;
    table[i] = Math.round(clamp(gain > 1 ? Math.max(i, bent) : y, blackLuma, whiteLuma));
  }
  return table;
}

/** `colour` = what is left of the colours, 0..1. */
export function bendCanvas(canvas: Canvas, table: Uint8Array, colour: number): void {
  const { y, u, v } = canvas;
  for (let i = 0; i < y.length; i += 1) y[i] = table[y[i] as number] as number;
  if (colour === 1) return;
  const share = Math.round(colour * 256);
  const tint = new Uint8Array(256);
  for (let i = 0; i < 256; i += 1) tint[i] = clamp(128 + (((i - 128) * share) >> 8), 16, 240);
  for (const plane of [u, v]) {
    for (let i = 0; i < plane.length; i += 1) plane[i] = tint[plane[i] as number] as number;
  }
}
