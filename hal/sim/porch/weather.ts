/**
 * Weather: rain streaks and splashes, and headlights that sweep over the garden at night.
 */
import type { Brush } from "./brush.ts";
import { blackLuma, whiteLuma } from "./canvas.ts";
import type { Light } from "./light.ts";
import { chance, clamp, hash, smooth } from "./math.ts";
import { canvasHeight, canvasWidth, plan, view } from "./plan.ts";

/** Streaks in front of everything beyond the porch roof; each frame has its own. */
export function paintRain(brush: Brush, frame: number, light: Light): void {
  if (light.rain < 0.03) return;
  const { canvas, stage } = brush;
  const { width, height } = canvas;
  const sky = clamp(light.ambient[1] * 2 + light.dark * 0.22, 0.12, 1);
  const bright = blackLuma + sky * 170;
  const streaks = Math.round(620 * light.rain);
  for (let i = 0; i < streaks; i += 1) {
    const h = hash(frame, i, 0x4a1);
    const far = ((h >>> 20) & 255) / 255;
    const z = 3.4 + 11 * far * far;
    const longPx = ((190 / z + 6) / canvasHeight) * height;
    const fromX = ((h & 1023) / 1023) * width;
    const fromY = (((h >>> 10) & 1023) / 1023) * height - longPx;
    const alpha = 0.6 - 0.03 * z;
    for (let k = 0; k < longPx; k += 1) {
      const py = Math.floor(fromY + k);
      const px = Math.floor(fromX - k * 0.09);
      if (py < 0 || py >= height || px < 0 || px >= width) continue;
      if ((stage.depth[py * stage.width + px] as number) < z * 100) continue;
      const o = py * canvas.stride + px;
      const old = canvas.y[o] as number;
      canvas.y[o] = Math.round(old + (bright - old) * alpha * (1 - Math.abs((2 * k) / longPx - 1)));
    }
  }
  splashes(brush, frame, light, bright);
}

function splashes(brush: Brush, frame: number, light: Light, bright: number): void {
  const { canvas, stage } = brush;
  const count = Math.round(260 * light.rain);
  for (let i = 0; i < count; i += 1) {
    const z = plan.porch.edgeZ + 0.1 + 6 * chance(frame, i, 1) * chance(frame, i, 2);
    const x = -4 + 9 * chance(frame, i, 3);
    const px = Math.floor(((view.centreX + (view.focal * x) / z) / canvasWidth) * canvas.width);
    const py = Math.floor(((view.horizonY + (view.focal * 2.5) / z) / canvasHeight) * canvas.height);
    if (px < 1 || py < 1 || px >= canvas.width - 1 || py >= canvas.height) continue;
    if (Math.abs((stage.depth[py * stage.width + px] as number) - z * 100) > 12) continue;
    for (let dx = -1; dx <= 1; dx += 1) {
      const o = py * canvas.stride + px + dx;
      const old = canvas.y[o] as number;
      canvas.y[o] = Math.round(old + (bright - old) * (dx === 0 ? 0.4 : 0.2));
    }
  }
}

/** A soft upright band of light over what stands on the property; chroma stays. */
export function paintSweep(brush: Brush, sweep: { x: number; strength: number }): void {
  const { canvas, stage } = brush;
  const stepX = canvasWidth / canvas.width;
  const half = 190;
  const x0 = Math.max(0, Math.floor((sweep.x - half) / stepX));
  const x1 = Math.min(canvas.width, Math.ceil((sweep.x + half) / stepX));
  const gains: number[] = [];
  for (let px = x0; px < x1; px += 1) {
    const d = ((px + 0.5) * stepX - sweep.x) / half;
    const bell = Math.max(0, 1 - d * d);
    gains.push(Math.round(256 * sweep.strength * bell * bell));
  }
  const toRow = (y: number): number => Math.floor((y / canvasHeight) * canvas.height);
  const fromRow = toRow(60);
  for (let py = fromRow; py < canvas.height; py += 1) {
    const y = ((py + 0.5) * canvasHeight) / canvas.height;
    const rowGain = Math.round(256 * smooth(60, 260, y) * (1 - 0.75 * smooth(300, 640, y)));
    for (let px = x0; px < x1; px += 1) {
      const i = py * stage.width + px;
      const depth = stage.depth[i] as number;
      if (depth > 915) continue;
      const o = py * canvas.stride + px;
      const gain = ((gains[px - x0] as number) * rowGain) >> 8;
      const old = canvas.y[o] as number;
      const value = old + (((old - blackLuma) * gain) >> 8) + ((gain * 9) >> 8);
      canvas.y[o] = value > whiteLuma ? whiteLuma : value;
    }
  }
}
