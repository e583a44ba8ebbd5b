/**
 * Brush: paints shapes onto the canvas, behind what stands in front of them.
 *
 * Edges are soft by a pixel. A pixel is left alone when the stage has something nearer there
 * (its depth), so a walker passes behind posts, rails and hedge by himself.
 */
import { clamp, lattice } from "./math.ts";
import { blackLuma, type Canvas } from "./canvas.ts";
import { canvasHeight, canvasWidth, groundM, view } from "./plan.ts";
import type { BoundsPx, Shape } from "./shape.ts";
import { skyDepth, type Stage } from "./stage.ts";
import { type Ink, lumaOf } from "./tone.ts";

export interface Stroke {
  readonly shape: Shape;
  readonly ink: Ink;
  /** Distance in metres, for hiding. */
  readonly z: number;
  /** 0..1, default 1. */
  readonly alpha?: number;
  /** Darker towards the edges, 0..1; gives roundness. */
  readonly round?: number;
  /** Brighter (or darker) to the right, -1..1: where the light comes from. */
  readonly lean?: number;
  /** Brightness grain, 0..1. */
  readonly grain?: number;
  /** Brightness change from the shape's top to its bottom, -1..1. */
  readonly fall?: number;
}

/** Feet stand on what is at their own distance: a little nearer counts as in front. */
const nearerCm = 16;

export class Brush {
  readonly canvas: Canvas;
  readonly stage: Stage;
  readonly #stepX: number;
  readonly #stepY: number;
  readonly #pixel: number;

  constructor(canvas: Canvas, stage: Stage) {
    this.canvas = canvas;
    this.stage = stage;
    this.#stepX = canvasWidth / canvas.width;
    this.#stepY = canvasHeight / canvas.height;
    this.#pixel = Math.max(this.#stepX, this.#stepY);
  }

  paint(stroke: Stroke): void {
    this.#luma(stroke);
    this.#chroma(stroke);
  }

  #luma(stroke: Stroke): void {
    const { canvas, stage } = this;
    const { shape, ink, alpha = 1, round = 0, lean = 0, grain = 0, fall = 0 } = stroke;
    const { x0, x1, y0, y1 } = this.#reach(shape);
    const limit = stroke.z * 100 - nearerCm;
    const soft = 1 / this.#pixel;
    const tall = Math.max(1e-6, shape.bottom - shape.top);
    for (let py = y0; py < y1; py += 1) {
      const cy = (py + 0.5) * this.#stepY;
      const across = 1 + fall * ((cy - shape.top) / tall - 0.5);
      for (let px = x0; px < x1; px += 1) {
        const cover = (0.5 - shape.probe((px + 0.5) * this.#stepX, cy) * soft) * 1;
        if (cover <= 0) continue;
        if ((stage.depth[py * stage.width + px] as number) < limit) continue;
        const tilt = clamp(shape.tilt, -1, 1);
        let light = across * (1 - round * tilt * tilt + lean * tilt);
        if (grain > 0) light += (lattice(9, px, py) - 0.5) * grain;
        const bright = clamp(ink.bright * light, 0, 1023) | 0;
        const o = py * canvas.stride + px;
        const old = canvas.y[o] as number;
        const share = (cover < 1 ? cover : 1) * alpha;
        canvas.y[o] = Math.round(old + ((lumaOf[bright] as number) - old) * share);
      }
    }
  }

  #chroma(stroke: Stroke): void {
    const { canvas, stage } = this;
    const { shape, ink, alpha = 1 } = stroke;
    const { x0, x1, y0, y1 } = this.#reach(shape);
    const limit = stroke.z * 100 - nearerCm;
    const soft = 0.5 / this.#pixel;
    for (let hy = y0 >> 1; hy < (y1 + 1) >> 1; hy += 1) {
      const cy = (hy * 2 + 1) * this.#stepY;
      for (let hx = x0 >> 1; hx < (x1 + 1) >> 1; hx += 1) {
        const cover = 0.5 - shape.probe((hx * 2 + 1) * this.#stepX, cy) * soft;
        if (cover <= 0) continue;
        if ((stage.depth[hy * 2 * stage.width + hx * 2] as number) < limit) continue;
        const o = hy * canvas.chromaStride + hx;
        const share = (cover < 1 ? cover : 1) * alpha;
        const u = canvas.u[o] as number;
        const v = canvas.v[o] as number;
        canvas.u[o] = Math.round(u + (ink.u - u) * share);
        canvas.v[o] = Math.round(v + (ink.v - v) * share);
      }
    }
  }

  /**
   * Darkens the ground within a shape. With a sun mask, only as far as that sun shines there.
   * `soft` is the width of the edge in canvas units.
   */
  shadow(shape: Shape, strength: number, soft: number, mask: Uint8Array | null): void {
    const { canvas, stage } = this;
    const grown = {
      left: shape.left - soft,
      top: shape.top - soft,
      right: shape.right + soft,
      bottom: shape.bottom + soft,
    };
    const { x0, x1, y0, y1 } = this.#reach(grown);
    for (let py = y0; py < y1; py += 1) {
      const cy = (py + 0.5) * this.#stepY;
      const down = cy - view.horizonY;
      const groundCm = (100 * view.focal * (view.eyeM - groundM)) / down;
      const floorCm = (100 * view.focal * view.eyeM) / down;
      for (let px = x0; px < x1; px += 1) {
        const depth = stage.depth[py * stage.width + px] as number;
        if (Math.abs(depth - groundCm) > 20 && Math.abs(depth - floorCm) > 12) continue;
        const cover = clamp(0.5 - shape.probe((px + 0.5) * this.#stepX, cy) / (2 * soft), 0, 1);
        if (cover <= 0) continue;
        const sunny = mask === null ? 1 : (mask[py * stage.width + px] as number) / 200;
        const o = py * canvas.stride + px;
        const above = (canvas.y[o] as number) - blackLuma;
        canvas.y[o] = Math.round(blackLuma + above * (1 - strength * cover * Math.min(1, sunny)));
      }
    }
  }

  /** Adds light that falls off from a middle; hidden like anything at `z`. */
  glow(
    x: number,
    y: number,
    radius: number,
    light: { z: number; bright: number; u: number; v: number },
  ): void {
    const { canvas, stage } = this;
    const { x0, x1, y0, y1 } = this.#reach({
      left: x - radius,
      top: y - radius,
      right: x + radius,
      bottom: y + radius,
    });
    const limit = light.z * 100 - nearerCm;
    for (let py = y0; py < y1; py += 1) {
      const dy = ((py + 0.5) * this.#stepY - y) / radius;
      for (let px = x0; px < x1; px += 1) {
        const dx = ((px + 0.5) * this.#stepX - x) / radius;
        const left = 1 - dx * dx - dy * dy;
        if (left <= 0 || (stage.depth[py * stage.width + px] as number) < limit) continue;
        const share = left * left * left;
        const o = py * canvas.stride + px;
        canvas.y[o] = Math.min(231, Math.round((canvas.y[o] as number) + light.bright * share));
        if (((px | py) & 1) === 0) {
          const c = (py >> 1) * canvas.chromaStride + (px >> 1);
          const tint = Math.min(1, share * 1.6);
          canvas.u[c] = Math.round((canvas.u[c] as number) + (light.u - (canvas.u[c] as number)) * tint);
          canvas.v[c] = Math.round((canvas.v[c] as number) + (light.v - (canvas.v[c] as number)) * tint);
        }
      }
    }
  }

  /** Whether the stage leaves a point of the canvas in sight at a distance. */
  sees(x: number, y: number, z: number): boolean {
    const px = Math.floor(x / this.#stepX);
    const py = Math.floor(y / this.#stepY);
    const { width, height, depth } = this.stage;
    if (px < 0 || py < 0 || px >= width || py >= height) return false;
    return (depth[py * width + px] ?? skyDepth) >= z * 100 - nearerCm;
  }

  #reach(box: BoundsPx | Shape): { x0: number; x1: number; y0: number; y1: number } {
    const { width, height } = this.canvas;
    return {
      x0: Math.floor(clamp(box.left / this.#stepX - 1, 0, width)),
      x1: Math.ceil(clamp(box.right / this.#stepX + 1, 0, width)),
      y0: Math.floor(clamp(box.top / this.#stepY - 1, 0, height)),
      y1: Math.ceil(clamp(box.bottom / this.#stepY + 1, 0, height)),
    };
  }
}
