/**
 * Brush: paints shapes onto the canvas, behind what stands in front of them.
 *
 * Edges are soft by a pixel. A pixel is left alone when the stage has something nearer there
 * (its depth), so a walker passes behind posts, rails and hedge by himself.
 */
import { clamp } from "./math.ts";
import type { Canvas } from "./canvas.ts";
import { canvasHeight, canvasWidth } from "./plan.ts";
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
  /** Brightness change from the shape's top to its bottom, -1..1. */
  readonly fall?: number;
}

/** Feet stand on what is at their own distance: a little nearer counts as in front. */
export const nearerCm = 16;
/** Sides of the blocks that are tested as a whole. */
const coarsePx = 16;
const blockPx = 4;
const chromaBlockPx = 6;

interface Block {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly endX: number;
  readonly endY: number;
}

/** Into the range of lumaOf. */
function brightness(x: number): number {
  return x <= 0 ? 0 : x >= 1023 ? 1023 : x | 0;
}

export class Brush {
  readonly canvas: Canvas;
  readonly stage: Stage;
  /** Canvas units per pixel. */
  readonly stepX: number;
  readonly stepY: number;
  readonly #pixel: number;
  /** Of one pixel, in canvas units. */
  readonly diagonal: number;

  constructor(canvas: Canvas, stage: Stage) {
    this.canvas = canvas;
    this.stage = stage;
    this.stepX = canvasWidth / canvas.width;
    this.stepY = canvasHeight / canvas.height;
    this.#pixel = Math.max(this.stepX, this.stepY);
    this.diagonal = Math.sqrt(this.stepX * this.stepX + this.stepY * this.stepY);
  }

  paint(stroke: Stroke): void {
    this.#luma(stroke);
    this.#chroma(stroke);
  }

  /** Luma in blocks: a block wholly outside is skipped, one wholly inside needs few probes. */
  #luma(stroke: Stroke): void {
    const { x0, x1, y0, y1 } = this.reach(stroke.shape);
    for (let y = y0; y < y1; y += coarsePx) {
      for (let x = x0; x < x1; x += coarsePx) {
        this.#block(stroke, {
          x,
          y,
          side: coarsePx,
          endX: Math.min(x1, x + coarsePx),
          endY: Math.min(y1, y + coarsePx),
        });
      }
    }
  }

  #block(stroke: Stroke, block: Block): void {
    const { shape } = stroke;
    const { x, y, side, endX, endY } = block;
    const d = shape.probe((x + side / 2) * this.stepX, (y + side / 2) * this.stepY);
    const radius = (side / 2) * this.diagonal + this.#pixel;
    if (d > radius) return;
    if (d < -radius && stroke.alpha === undefined) {
      for (let py = y; py < endY; py += 1) this.#solidRow(stroke, py, x, endX);
      return;
    }
    if (side <= blockPx) {
      for (let py = y; py < endY; py += 1) this.#edgeRow(stroke, py, x, endX);
      return;
    }
    for (let by = y; by < endY; by += blockPx) {
      for (let bx = x; bx < endX; bx += blockPx) {
        const fine = {
          x: bx,
          y: by,
          side: blockPx,
          endX: Math.min(endX, bx + blockPx),
          endY: Math.min(endY, by + blockPx),
        };
        this.#block(stroke, fine);
      }
    }
  }

  #edgeRow(stroke: Stroke, py: number, fromX: number, toX: number): void {
    const { canvas, stage } = this;
    const { shape, ink, alpha = 1, round = 0, lean = 0 } = stroke;
    const limit = stroke.z * 100 - nearerCm;
    const soft = 1 / this.#pixel;
    const cy = (py + 0.5) * this.stepY;
    const across = this.#across(stroke, cy);
    for (let px = fromX; px < toX; px += 1) {
      const cover = 0.5 - shape.probe((px + 0.5) * this.stepX, cy) * soft;
      if (cover <= 0) continue;
      if ((stage.depth[py * stage.width + px] as number) < limit) continue;
      const tilt = shape.tilt > 1 ? 1 : shape.tilt < -1 ? -1 : shape.tilt;
      const luma = lumaOf[brightness((across - round * tilt * tilt + lean * tilt) * ink.bright)] as number;
      const o = py * canvas.stride + px;
      const old = canvas.y[o] as number;
      canvas.y[o] = (old + (luma - old) * (cover < 1 ? cover : 1) * alpha + 0.5) | 0;
    }
  }

  /** A row that lies wholly inside: the tilt is a straight line between its ends. */
  #solidRow(stroke: Stroke, py: number, fromX: number, toX: number): void {
    const { canvas, stage } = this;
    const { shape, ink, round = 0, lean = 0 } = stroke;
    const limit = stroke.z * 100 - nearerCm;
    const cy = (py + 0.5) * this.stepY;
    const across = this.#across(stroke, cy);
    shape.probe((toX - 0.5) * this.stepX, cy);
    const last = shape.tilt;
    shape.probe((fromX + 0.5) * this.stepX, cy);
    let tilt = shape.tilt;
    const step = toX - fromX > 1 ? (last - tilt) / (toX - fromX - 1) : 0;
    const { depth, width } = stage;
    const from = py * width;
    const out = py * canvas.stride;
    const base = across * ink.bright;
    const a = lean * ink.bright;
    const b = round * ink.bright;
    for (let px = fromX; px < toX; px += 1, tilt += step) {
      if ((depth[from + px] as number) < limit) continue;
      canvas.y[out + px] = lumaOf[brightness(base + (a - b * tilt) * tilt)] as number;
    }
  }

  #across(stroke: Stroke, cy: number): number {
    const { shape, fall = 0 } = stroke;
    return fall === 0 ? 1 : 1 + fall * ((cy - shape.top) / Math.max(1e-6, shape.bottom - shape.top) - 0.5);
  }

  #chroma(stroke: Stroke): void {
    const { x0, x1, y0, y1 } = this.reach(stroke.shape);
    const endX = (x1 + 1) >> 1;
    const endY = (y1 + 1) >> 1;
    for (let y = y0 >> 1; y < endY; y += chromaBlockPx) {
      for (let x = x0 >> 1; x < endX; x += chromaBlockPx) {
        const d = stroke.shape.probe(
          (2 * x + chromaBlockPx) * this.stepX,
          (2 * y + chromaBlockPx) * this.stepY,
        );
        const radius = chromaBlockPx * this.diagonal + 2 * this.#pixel;
        if (d > radius) continue;
        const toX = Math.min(endX, x + chromaBlockPx);
        const toY = Math.min(endY, y + chromaBlockPx);
        for (let hy = y; hy < toY; hy += 1)
          this.#chromaRow(stroke, hy, { from: x, to: toX, solid: d < -radius });
      }
    }
  }

  #chromaRow(
    stroke: Stroke,
    hy: number,
    { from, to, solid }: { from: number; to: number; solid: boolean },
  ): void {
    const { canvas, stage } = this;
    const { shape, ink, alpha = 1 } = stroke;
    const limit = stroke.z * 100 - nearerCm;
    const soft = 0.5 / this.#pixel;
    const cy = (hy * 2 + 1) * this.stepY;
    for (let hx = from; hx < to; hx += 1) {
      const cover = solid ? 1 : 0.5 - shape.probe((hx * 2 + 1) * this.stepX, cy) * soft;
      if (cover <= 0) continue;
      if ((stage.depth[hy * 2 * stage.width + hx * 2] as number) < limit) continue;
      const o = hy * canvas.chromaStride + hx;
      const share = (cover < 1 ? cover : 1) * alpha;
      if (share === 1) {
        canvas.u[o] = ink.u;
        canvas.v[o] = ink.v;
        continue;
      }
      const u = canvas.u[o] as number;
      const v = canvas.v[o] as number;
      canvas.u[o] = (u + (ink.u - u) * share + 0.5) | 0;
      canvas.v[o] = (v + (ink.v - v) * share + 0.5) | 0;
    }
  }

  /** Whether the stage leaves a point of the canvas in sight at a distance. */
  sees(x: number, y: number, z: number): boolean {
    const px = Math.floor(x / this.stepX);
    const py = Math.floor(y / this.stepY);
    const { width, height, depth } = this.stage;
    if (px < 0 || py < 0 || px >= width || py >= height) return false;
    return (depth[py * width + px] ?? skyDepth) >= z * 100 - nearerCm;
  }

  /** The pixels that a box may touch. */
  reach(box: BoundsPx | Shape): { x0: number; x1: number; y0: number; y1: number } {
    const { width, height } = this.canvas;
    return {
      x0: Math.floor(clamp(box.left / this.stepX - 1, 0, width)),
      x1: Math.ceil(clamp(box.right / this.stepX + 1, 0, width)),
      y0: Math.floor(clamp(box.top / this.stepY - 1, 0, height)),
      y1: Math.ceil(clamp(box.bottom / this.stepY + 1, 0, height)),
    };
  }
}
