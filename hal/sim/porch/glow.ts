/**
 * Glow: the bloom around a lamp, added to what is there.
 */
import { type Brush, nearerCm } from "./brush.ts";
import { whiteLuma } from "./canvas.ts";

export interface Glow {
  /** Middle and reach on the canvas. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Metres; hidden like anything there. */
  readonly z: number;
  /** Grey levels at the middle. */
  readonly bright: number;
  readonly u: number;
  readonly v: number;
}

/** Falls off to nothing at `radius`. */
export function paintGlow(brush: Brush, glow: Glow): void {
  const { x, y, radius } = glow;
  const { canvas, stage } = brush;
  const { x0, x1, y0, y1 } = brush.reach({
    left: x - radius,
    top: y - radius,
    right: x + radius,
    bottom: y + radius,
  });
  const limit = glow.z * 100 - nearerCm;
  for (let py = y0; py < y1; py += 1) {
    const dy = ((py + 0.5) * brush.stepY - y) / radius;
    for (let px = x0; px < x1; px += 1) {
      const dx = ((px + 0.5) * brush.stepX - x) / radius;
      const left = 1 - dx * dx - dy * dy;
      if (left <= 0 || (stage.depth[py * stage.width + px] as number) < limit) continue;
      const share = left * left * left;
      const o = py * canvas.stride + px;
      canvas.y[o] = Math.min(whiteLuma, Math.round((canvas.y[o] as number) + glow.bright * share));
      if (((px | py) & 1) === 0) {
        const c = (py >> 1) * canvas.chromaStride + (px >> 1);
        const tint = Math.min(1, share * 1.6);
        canvas.u[c] = Math.round((canvas.u[c] as number) + (glow.u - (canvas.u[c] as number)) * tint);
        canvas.v[c] = Math.round((canvas.v[c] as number) + (glow.v - (canvas.v[c] as number)) * tint);
      }
    }
  }
}
