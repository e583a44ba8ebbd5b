/**
 * Soft: a blurred stroke of light or dark, as things look that are far too near to be in focus.
 *
 * A line with round ends whose cover falls to nothing at its radius. Close to the lens nothing
 * hides it; with a distance the stage does.
 */
import type { Brush } from "../brush.ts";
import { skyDepth } from "../stage.ts";

export interface Soft {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Reach of the blur, canvas units. */
  readonly r: number;
  readonly luma: number;
  /** Cover in the middle, 0..1. */
  readonly alpha: number;
  /** Metres; absent = right before the lens. */
  readonly z?: number;
}

export function paintSoft(brush: Brush, soft: Soft): void {
  const { x0, y0, x1, y1, luma, alpha } = soft;
  const { canvas, stage, stepX, stepY } = brush;
  // never thinner than a pixel: what is smaller covers less of it
  const r = Math.max(soft.r, brush.diagonal * 0.75);
  const strength = (256 * alpha * Math.min(1, soft.r / r)) | 0;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const square = dx * dx + dy * dy;
  const per = square > 1e-9 ? 1 / square : 0;
  const perR = 1 / (r * r);
  const limit = soft.z === undefined ? 0 : Math.min(skyDepth, soft.z * 100);
  const box = brush.reach({
    left: Math.min(x0, x1) - r,
    right: Math.max(x0, x1) + r,
    top: Math.min(y0, y1) - r,
    bottom: Math.max(y0, y1) + r,
  });
  for (let py = box.y0; py < box.y1; py += 1) {
    const oy = (py + 0.5) * stepY - y0;
    for (let px = box.x0; px < box.x1; px += 1) {
      const ox = (px + 0.5) * stepX - x0;
      let h = (ox * dx + oy * dy) * per;
      h = h < 0 ? 0 : h > 1 ? 1 : h;
      const ex = ox - dx * h;
      const ey = oy - dy * h;
      const left = 1 - (ex * ex + ey * ey) * perR;
      if (left <= 0) continue;
      if (limit > 0 && (stage.depth[py * stage.width + px] as number) < limit) continue;
      const share = strength * left * left;
      const o = py * canvas.stride + px;
      const old = canvas.y[o] as number;
      canvas.y[o] = (old + ((luma - old) * share) / 256 + 0.5) | 0;
      if (((px | py) & 1) === 0) {
        const c = (py >> 1) * canvas.chromaStride + (px >> 1);
        canvas.u[c] = ((canvas.u[c] as number) + ((128 - (canvas.u[c] as number)) * share) / 256 + 0.5) | 0;
        canvas.v[c] = ((canvas.v[c] as number) + ((128 - (canvas.v[c] as number)) * share) / 256 + 0.5) | 0;
      }
    }
  }
}
