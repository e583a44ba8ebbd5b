/**
 * Snap: draws a corner to what a person probably means: the picture's border, or a strong edge in it.
 *
 * The border catches within a few pixels, so that a line along it hides no sliver. Inside, the place
 * with the steepest change of brightness (Sobel) nearby wins, the nearer the better; where nothing
 * stands out the corner stays where the finger left it. Pure; can be switched off.
 */
import type { Point } from "../../hal/geometry.ts";
import type { Size } from "./view.ts";

/** Steepness of brightness at each pixel of a picture. */
export interface Slopes extends Size {
  readonly steep: Uint8Array;
}

/** `rgba` as a canvas gives it. */
export function slopesOf(rgba: Uint8ClampedArray, { width, height }: Size): Slopes {
  const gray = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < gray.length; i += 1, at += 4) {
    gray[i] = ((rgba[at] ?? 0) * 77 + (rgba[at + 1] ?? 0) * 150 + (rgba[at + 2] ?? 0) * 29) >> 8;
  }
  const steep = new Uint8Array(width * height);
  const g = (i: number): number => gray[i] ?? 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1, i = y * width + 1; x < width - 1; x += 1, i += 1) {
      const [up, down] = [i - width, i + width];
      const dx = g(up + 1) + 2 * g(i + 1) + g(down + 1) - g(up - 1) - 2 * g(i - 1) - g(down - 1);
      const dy = g(down - 1) + 2 * g(down) + g(down + 1) - g(up - 1) - 2 * g(up) - g(up + 1);
      steep[i] = Math.min(255, (Math.abs(dx) + Math.abs(dy)) >> 2);
    }
  }
  return { width, height, steep };
}

/** Less steep than this is texture and noise. */
const leastSteep = 40;

/** `reachPx` in pixels of the picture. */
export function snap(point: Point, slopes: Slopes, reachPx: number): Point {
  const { width, height } = slopes;
  const [x, y] = [point[0] * width, point[1] * height];
  const [borderX, borderY] = [toBorder(x, width, reachPx), toBorder(y, height, reachPx)];
  if (borderX !== null || borderY !== null) return [borderX ?? point[0], borderY ?? point[1]];
  return steepest(point, slopes, reachPx) ?? point;
}

function toBorder(value: number, length: number, reachPx: number): number | null {
  if (value <= reachPx) return 0;
  return value >= length - reachPx ? 1 : null;
}

function steepest(point: Point, { width, height, steep }: Slopes, reachPx: number): Point | null {
  const [x, y] = [point[0] * width, point[1] * height];
  let best = { worth: 0, x: 0, y: 0 };
  const [fromX, toX] = [Math.max(0, Math.floor(x - reachPx)), Math.min(width - 1, Math.ceil(x + reachPx))];
  const [fromY, toY] = [Math.max(0, Math.floor(y - reachPx)), Math.min(height - 1, Math.ceil(y + reachPx))];
  for (let py = fromY; py <= toY; py += 1) {
    for (let px = fromX; px <= toX; px += 1) {
      const steepness = steep[py * width + px] ?? 0;
      const away = Math.hypot(px + 0.5 - x, py + 0.5 - y);
      if (steepness < leastSteep || away > reachPx) continue;
      const worth = steepness * (1 - away / (reachPx + 1));
      if (worth > best.worth) best = { worth, x: px + 0.5, y: py + 0.5 };
    }
  }
  return best.worth === 0 ? null : [best.x / width, best.y / height];
}
