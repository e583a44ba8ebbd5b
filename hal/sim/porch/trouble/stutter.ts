/**
 * Stutter: pictures come twice, stay away and jump, and the encoder's key frames make detail pulse.
 *
 * `heldMs` is the porch time of the picture that is shown at a time: the same picture again is the
 * same to the byte before the pulse, which runs on its own beat of two seconds: just after a key
 * frame everything is sharp, then blocks lose what is fine in them and drift in brightness.
 */
import type { Canvas } from "../canvas.ts";
import { between, chance, clamp, hash } from "../math.ts";

const spellMs = 2_700;
const keyFrameMs = 2_000;
const blockPx = 8;

export function heldMs(seed: number, tMs: number, strength: number): number {
  if (strength < 0.5) return tMs;
  const own = hash(seed, 0x57a7);
  const spell = Math.floor(tMs / spellMs);
  const into = tMs - spell * spellMs;
  const kind = chance(own, spell, 1);
  if (kind < 0.35) return tMs;
  if (kind < 0.65) {
    // stands still, then jumps to where time is
    const fromMs = between(200, 900, chance(own, spell, 2));
    const lastsMs = between(400, 1_400, chance(own, spell, 3));
    return into >= fromMs && into < fromMs + lastsMs ? spell * spellMs + fromMs : tMs;
  }
  const gridMs = kind < 0.85 ? 135 : 270;
  return spell * spellMs + Math.floor(into / gridMs) * gridMs;
}

export function paintPulse(
  canvas: Canvas,
  { seed, tMs, strength }: { seed: number; tMs: number; strength: number },
): void {
  const gop = Math.floor(tMs / keyFrameMs);
  const age = (tMs - gop * keyFrameMs) / keyFrameMs;
  const worn = clamp(age * 1.4, 0, 1) * strength;
  if (worn <= 0.02) return;
  const keep = Math.round(256 * (1 - 0.45 * worn));
  const own = hash(seed, 0x90b, gop);
  const { y, stride, width, height } = canvas;
  for (let top = 0; top < height; top += blockPx) {
    const low = Math.min(height, top + blockPx);
    for (let left = 0; left < width; left += blockPx) {
      const right = Math.min(width, left + blockPx);
      let sum = 0;
      for (let row = top * stride; row < low * stride; row += stride)
        for (let x = left; x < right; x += 1) sum += y[row + x] as number;
      const mean = (sum / ((low - top) * (right - left))) | 0;
      const shifted = mean + Math.round(((hash(own, top, left) & 7) - 3.5) * 0.8 * worn);
      for (let row = top * stride; row < low * stride; row += stride) {
        for (let x = left; x < right; x += 1) {
          const value = shifted + ((((y[row + x] as number) - mean) * keep) >> 8);
          y[row + x] = value < 16 ? 16 : value > 231 ? 231 : value;
        }
      }
    }
  }
}
