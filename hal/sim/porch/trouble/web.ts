/**
 * Web: threads of a spider that hang before the lens and sway, out of focus.
 *
 * A thread runs from the top to the bottom of the picture or ends at a scrap that it carries. It
 * shines in the camera's lamp at night and in the sky's light by day. Row by row: where its middle
 * is, how wide its blur.
 */
import type { Brush } from "../brush.ts";
import { blackLuma } from "../canvas.ts";
import { between, chance, clamp, drift, hash, sineTurns } from "../math.ts";
import { canvasHeight, canvasWidth } from "../plan.ts";
import { paintSoft } from "./soft.ts";
import type { Troubled } from "./troubled.ts";

interface Thread {
  /** Columns at the top and the bottom end, row of the bottom end, blur. */
  readonly topX: number;
  readonly endX: number;
  readonly endY: number;
  readonly sag: number;
  readonly r: number;
}

const threads: readonly Thread[] = [
  { topX: 380, endX: 900, endY: canvasHeight, sag: 90, r: 15 },
  { topX: 1_010, endX: 760, endY: canvasHeight, sag: -60, r: 11 },
  { topX: 600, endX: 610, endY: 330, sag: 20, r: 10 },
];

export function paintWeb(brush: Brush, { seed, tMs, light, strength }: Troubled): void {
  if (strength <= 0) return;
  const bright = clamp(light.ambient[1] * 1.5, 0, 1) * (1 - light.dark) + light.dark * 0.85;
  const luma = Math.round(blackLuma + 200 * bright);
  threads.forEach((thread, i) => {
    const own = hash(seed, 0x3eb, i);
    const shift = between(-40, 40, chance(own, 1));
    const breeze = drift(own, tMs / 2_100) - 0.5;
    const swing = breeze * 90 + sineTurns(tMs / 1_700 + i * 0.3) * 34 + sineTurns(tMs / 430) * 6;
    const end = paintThread(
      brush,
      { ...thread, topX: thread.topX + shift },
      { swing, luma, alpha: 0.62 * strength },
    );
    if (thread.endY < canvasHeight) {
      const scrap = { x0: end, y0: thread.endY, x1: end + swing * 0.15, y1: thread.endY + 34, r: 24 };
      paintSoft(brush, { ...scrap, luma, alpha: 0.8 * strength });
    }
  });
}

/** Returns the column of its lower end. */
function paintThread(
  brush: Brush,
  { topX, endX, endY, sag, r }: Thread,
  { swing, luma, alpha }: { swing: number; luma: number; alpha: number },
): number {
  const { canvas, stepX, stepY } = brush;
  const free = endY < canvasHeight;
  const middle = (v: number): number => {
    const bend = 4 * v * (1 - v);
    return topX + (endX - topX) * v + sag * bend + swing * (free ? v : bend);
  };
  const rows = Math.min(canvas.height, Math.ceil(endY / stepY));
  for (let py = 0; py < rows; py += 1) {
    const v = ((py + 0.5) * stepY) / endY;
    const x = middle(v);
    const slope = (middle(v + 0.01) - x) / (0.01 * endY);
    const half = r * Math.sqrt(1 + slope * slope);
    const x0 = Math.max(0, Math.floor((x - half) / stepX));
    const x1 = Math.min(canvas.width, Math.ceil((x + half) / stepX));
    const out = py * canvas.stride;
    const row = (py >> 1) * canvas.chromaStride;
    for (let px = x0; px < x1; px += 1) {
      const d = ((px + 0.5) * stepX - x) / half;
      const left = 1 - d * d;
      if (left <= 0) continue;
      const share = alpha * left * left;
      const old = canvas.y[out + px] as number;
      canvas.y[out + px] = (old + (luma - old) * share + 0.5) | 0;
      if (((px | py) & 1) !== 0) continue;
      const c = row + (px >> 1);
      canvas.u[c] = ((canvas.u[c] as number) + (128 - (canvas.u[c] as number)) * share + 0.5) | 0;
      canvas.v[c] = ((canvas.v[c] as number) + (128 - (canvas.v[c] as number)) * share + 0.5) | 0;
    }
  }
  return clamp(middle(1), -canvasWidth, 2 * canvasWidth);
}
