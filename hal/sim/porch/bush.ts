/**
 * Bush: the shrub on the lawn that sways, so that something moves even when nobody is there.
 *
 * Its leaves are grown once per (seed, size) as brightness and cover; each frame shifts the rows
 * by the wind, more towards the top, and lights them like any other thing on the lawn.
 */
import type { FrameGeometry } from "../../frame.ts";
import type { Brush } from "./brush.ts";
import type { Light } from "./light.ts";
import { litAt } from "./lamps.ts";
import { clamp, drift, hash, noise2, sineTurns } from "./math.ts";
import { canvasHeight, canvasWidth, canvasX, canvasY, groundM, plan, view } from "./plan.ts";
import { leafIn } from "./trouble/led.ts";
import { type Ink, inkOf, lumaOf } from "./tone.ts";

const { x: middleX, z, halfX, heightM } = plan.bush;
const leaf = [84, 112, 58] as const;

export interface Bush {
  /** `gain` = how much stronger the wind is than on an ordinary day. */
  paint(brush: Brush, tMs: number, light: Light, gain: number): void;
}

/** Wind, about -1..1: gusts over a slow rocking. */
export function windAt(seed: number, tMs: number): number {
  const gust = drift(hash(seed, 0x317d), tMs / 5_300);
  const rock =
    sineTurns(tMs / 2_900) * 0.55 + sineTurns(tMs / 1_270 + 0.2) * 0.3 + sineTurns(tMs / 530) * 0.12;
  return (gust - 0.35) * 0.9 + rock * (0.25 + gust * 0.75);
}

export function growBush(seed: number, { width, height }: FrameGeometry): Bush {
  const stepX = canvasWidth / width;
  const stepY = canvasHeight / height;
  const scale = view.focal / z;
  const reach = halfX * 1.25;
  const x0 = Math.floor(canvasX(middleX - reach, z) / stepX);
  const x1 = Math.ceil(canvasX(middleX + reach, z) / stepX);
  const y0 = Math.floor(canvasY(groundM + heightM * 1.12, z) / stepY);
  const y1 = Math.ceil(canvasY(groundM, z) / stepY);
  const w = x1 - x0;
  const h = y1 - y0;
  /** Brightness, 128 = that of the leaf colour; cover 0..255. */
  const tone = new Uint8Array(w * h);
  const cover = new Uint8Array(w * h);
  const own = hash(seed, 0xb5);
  for (let j = 0; j < h; j += 1) {
    for (let i = 0; i < w; i += 1) {
      let full = 0;
      let bright = 0;
      for (let s = 0; s < 4; s += 1) {
        const u = ((x0 + i + 0.25 + (s & 1) * 0.5) * stepX - canvasX(middleX, z)) / scale;
        const v = (canvasY(groundM, z) - (y0 + j + 0.25 + (s >> 1) * 0.5) * stepY) / scale;
        const du = u / halfX;
        const dv = (v - heightM * 0.46) / (heightM * 0.56);
        const ragged = noise2(own, u * 7, v * 7) * 0.34 + noise2(own + 1, u * 19, v * 19) * 0.24;
        if (du * du + dv * dv > 0.72 + ragged && !(v < 0.3 && Math.abs(u) < 0.22)) continue;
        full += 1;
        const clump = noise2(own + 2, u * 8, v * 8) - noise2(own + 2, u * 8 + 0.1, v * 8 - 0.5);
        const fine = noise2(own + 3, u * 34, v * 34) - 0.5;
        bright += 128 * (0.72 + (0.42 * v) / heightM + clump * 0.6 + fine * 0.5);
      }
      cover[j * w + i] = Math.round((full * 255) / 4);
      tone[j * w + i] = full > 0 ? clamp(Math.round(bright / full), 20, 255) : 0;
    }
  }

  /** One row of leaves, moved sideways by a fraction of pixels. */
  function paintRow(
    { canvas, stage }: Brush,
    j: number,
    row: { shift: number; lumas: Uint8Array; ink: Ink },
  ): void {
    const { shift, lumas, ink } = row;
    const depth = z * 100 - 10;
    const py = y0 + j;
    const whole = Math.floor(shift);
    const part = Math.round((shift - whole) * 256);
    const from = Math.max(0, x0 + whole);
    const to = Math.min(width, x1 + whole + 1);
    for (let px = from; px < to; px += 1) {
      const i = px - x0 - whole;
      const here = i < w ? (cover[j * w + i] as number) : 0;
      const left = i > 0 ? (cover[j * w + i - 1] as number) : 0;
      const a = here * (256 - part);
      const b = left * part;
      const share = (a + b) >> 8;
      if (share < 3 || (stage.depth[py * stage.width + px] as number) < depth) continue;
      const ta = i < w ? (tone[j * w + i] as number) : 0;
      const tb = i > 0 ? (tone[j * w + i - 1] as number) : 0;
      const luma = lumas[Math.min(255, Math.floor((ta * a + tb * b) / (a + b)))] as number;
      const o = py * canvas.stride + px;
      const old = canvas.y[o] as number;
      canvas.y[o] = old + (((luma - old) * share + 127) >> 8);
      if (((px | py) & 1) === 0) {
        const c = (py >> 1) * canvas.chromaStride + (px >> 1);
        canvas.u[c] = (canvas.u[c] as number) + (((ink.u - (canvas.u[c] as number)) * share) >> 8);
        canvas.v[c] = (canvas.v[c] as number) + (((ink.v - (canvas.v[c] as number)) * share) >> 8);
      }
    }
  }

  return {
    paint(brush, tMs, light, gain) {
      const lit = litAt(light, middleX, groundM + 0.7, z);
      const ink = inkOf(leafIn(light, leaf), lit.light);
      const lumas = new Uint8Array(256);
      for (let level = 0; level < 256; level += 1) {
        lumas[level] = lumaOf[clamp((ink.bright * level) / 128, 0, 1023) | 0] as number;
      }
      const wind = windAt(seed, tMs) * gain;
      for (let j = Math.max(0, -y0); j < Math.min(h, height - y0); j += 1) {
        const up = 1 - j / h;
        const flutter = sineTurns(tMs / 410 + up * 1.7) * 0.35 * (0.4 + Math.abs(wind));
        const shift = ((wind * 7.5 + flutter) * up * (0.3 + up * 0.7)) / stepX;
        paintRow(brush, j, { shift, lumas, ink });
      }
    },
  };
}
