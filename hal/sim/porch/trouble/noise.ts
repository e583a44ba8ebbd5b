/**
 * Noise: hardly any light, everything turned up: little contrast, coarse grain, and the blotches that
 * a camera's own smoothing makes of it, new in every picture.
 */
import { blackLuma, type Canvas } from "../canvas.ts";
import { hash, mix } from "../math.ts";

/** Black is no longer black: that leaves room for grain below it. */
const floorLuma = 46;

export function dimCurve(strength: number, dark: number): Uint8Array {
  const contrast = mix(1, mix(0.4, 0.62, dark), strength);
  const base = mix(blackLuma, floorLuma, strength);
  return Uint8Array.from({ length: 256 }, (_, i) => Math.round(base + Math.max(0, i - blackLuma) * contrast));
}

/** Grain of the sensor at this strength, tenths of a grey level. */
export function grainTenths(strength: number): { luma: number; chroma: number } {
  return { luma: 5 * Math.round(17 * strength), chroma: 5 * Math.round(8 * strength) };
}

/** Blocks that are a few levels too bright or too dark. */
export function paintBlotches(canvas: Canvas, frame: number, strength: number): void {
  const { y, stride, width, height } = canvas;
  const side = Math.max(4, Math.round(width / 640) * 4);
  const words = new Int32Array(y.buffer, y.byteOffset, y.byteLength >> 2);
  const perBlock = side >> 2;
  const columns = stride >> 2;
  const offsets = new Int32Array(columns);
  for (let top = 0; top < height; top += side) {
    for (let w = 0; w < columns; w += 1) {
      const h = hash(frame, top, (w / perBlock) | 0);
      const level = Math.round((((h & 255) + ((h >>> 8) & 255) - 255) / 255) * 8 * strength);
      offsets[w] = Math.imul(level, 0x01010101);
    }
    for (let row = top; row < Math.min(height, top + side); row += 1) {
      const from = row * columns;
      for (let w = 0; w < columns; w += 1)
        words[from + w] = ((words[from + w] as number) + (offsets[w] as number)) | 0;
    }
  }
}
