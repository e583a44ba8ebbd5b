/**
 * Lens: what camera and encoder make of the finished canvas on its way out.
 *
 * Shaken, exposed, drained of colour and detail; then the sensor's grain (noise.ts). Without a
 * trouble only the last is done.
 */
import type { FrameGeometry, I420 } from "../../frame.ts";
import { type Canvas, newCanvas } from "./canvas.ts";
import type { Light } from "./light.ts";
import { develop } from "./noise.ts";
import { bendCanvas, gainCurve } from "./trouble/curve.ts";
import type { Strengths } from "./trouble/list.ts";
import { dimCurve, grainTenths, paintBlotches } from "./trouble/noise.ts";
import { atRest, moveCanvas, shakeAt } from "./trouble/shake.ts";
import { paintPulse } from "./trouble/stutter.ts";

export interface Shot {
  readonly seed: number;
  readonly tMs: number;
  /** When it is shown; a stuttering camera shows a picture of before. */
  readonly realMs: number;
  /** Names the grain. */
  readonly frame: number;
  readonly light: Light;
  readonly strengths: Strengths;
  readonly gain: number;
}

export class Lens {
  readonly #geometry: FrameGeometry;
  #moved: Canvas | null = null;

  constructor(geometry: FrameGeometry) {
    this.#geometry = geometry;
  }

  show(canvas: Canvas, into: I420, { seed, tMs, realMs, frame, light, strengths, gain }: Shot): void {
    const { noise } = strengths;
    if (gain !== 1) bendCanvas(canvas, gainCurve(gain), Math.min(1.15, gain));
    if (noise > 0) bendCanvas(canvas, dimCurve(noise, light.dark), 1 - 0.65 * noise);
    if (light.infrared) {
      canvas.u.fill(128);
      canvas.v.fill(128);
    }
    if (strengths.stutter > 0) paintPulse(canvas, { seed, tMs: realMs, strength: strengths.stutter });
    const offset = shakeAt(seed, tMs, strengths.shake);
    let seen = canvas;
    if (offset !== atRest) {
      this.#moved ??= newCanvas(this.#geometry);
      seen = this.#moved;
      moveCanvas(canvas, seen, offset);
    }
    if (noise > 0) paintBlotches(seen, frame, noise);
    const more = grainTenths(noise);
    const extra = light.infrared ? 15 : 0;
    develop(seen, into, {
      lumaTenths: 5 * Math.round(2.2 + 4.2 * light.dark) + more.luma + extra,
      chromaTenths: light.infrared ? 0 : 5 * Math.round(1.2 + 2.2 * light.dark) + more.chroma,
      seed: frame,
      lumaReach: noise > 0.5 ? 30 : 12,
    });
  }
}
