/**
 * Figure: collects the strokes of one body from joints, in the order in which they are painted.
 *
 * Layers: far leg, near leg, far arm and back hair, coat, near arms, head. Sizes are in metres;
 * a joint knows how many canvas units a metre is at its place.
 */
import type { Stroke } from "./brush.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { type Disc, Limb, Oval, Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";

/** A point of the body on the canvas: place, metres to canvas units there, distance. */
export interface Joint {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly z: number;
}

export type JointAt = (forward: number, right: number, up: number) => Joint;

export interface Finish {
  readonly colour: Rgb;
  readonly bright?: number;
  readonly round?: number;
  readonly alpha?: number;
  /** legs = legs by distance, then coat; under = behind the coat, over = before it. */
  readonly layer?: "legs" | "under" | "over";
  readonly hand?: boolean;
}

/** Collects the strokes of one body in layers: far legs, near legs, far arm, coat, near arm, head. */
export class Figure {
  readonly #lit: Lit;
  readonly #z: number;
  readonly #legs: { z: number; stroke: Stroke }[] = [];
  readonly #under: Stroke[] = [];
  readonly #coat: Stroke[] = [];
  readonly #over: Stroke[] = [];
  readonly #head: Stroke[] = [];
  readonly #hands: Stroke[] = [];

  constructor(lit: Lit, z: number) {
    this.#lit = lit;
    this.#z = z;
  }

  limb(from: Joint, r0: number, to: Joint, r1: number, finish: Finish): void {
    const disc = (joint: Joint, r: number): Disc => ({ x: joint.x, y: joint.y, r: r * joint.scale });
    const stroke = this.#stroke(new Limb(disc(from, r0), disc(to, r1)), { round: 0.34, ...finish });
    if (finish.layer === "under") this.#under.push(stroke);
    else if (finish.layer === "over") this.#over.push(stroke);
    else this.#legs.push({ z: (from.z + to.z) / 2, stroke });
    if (finish.hand === true) this.#hands.push(stroke);
  }

  slab(corners: readonly Joint[], r: number, colour: Rgb, bright = 1): void {
    const scale = corners[0]?.scale ?? 1;
    const shape = new Slab(
      corners.map((joint) => [joint.x, joint.y] as const),
      r * scale,
    );
    this.#coat.push({ ...this.#stroke(shape, { colour, bright, round: 0.3 }), fall: -0.16 });
  }

  bag(strap: Joint, at: Joint, colour: Rgb): void {
    const { x, y, scale: s } = at;
    const disc = (joint: Joint): Disc => ({ x: joint.x, y: joint.y, r: 0.016 * joint.scale });
    this.#coat.push(this.#stroke(new Limb(disc(strap), disc(at)), { colour, bright: 0.6 }));
    const low = y + 0.22 * s;
    const outline = [
      [x - 0.08 * s, y],
      [x + 0.08 * s, y],
      [x + 0.09 * s, low],
      [x - 0.09 * s, low],
    ] as const;
    this.#over.push(this.#stroke(new Slab(outline, 0.03 * s), { colour, bright: 0.9, round: 0.3 }));
  }

  under(shape: Stroke["shape"], finish: Finish): void {
    this.#under.push(this.#stroke(shape, finish));
  }

  polygon(points: readonly (readonly [number, number])[], r: number, finish: Finish): void {
    this.#head.push(this.#stroke(new Slab(points, r), finish));
  }

  oval(x: number, y: number, rx: number, ry: number, finish: Finish): void {
    this.#head.push(this.#stroke(new Oval(x, y, rx, ry), finish));
  }

  sorted(): Stroke[] {
    const legs = [...this.#legs].sort((a, b) => b.z - a.z).map((part) => part.stroke);
    return [...legs, ...this.#under, ...this.#coat, ...this.#over, ...this.#head];
  }

  hands(): Stroke[] {
    return this.#hands;
  }

  #stroke(shape: Stroke["shape"], { colour, bright = 1, round = 0, alpha }: Finish): Stroke {
    const ink = inkOf([colour[0] * bright, colour[1] * bright, colour[2] * bright], this.#lit.light);
    return { shape, ink, z: this.#z, round, lean: this.#lit.lean, ...(alpha === undefined ? {} : { alpha }) };
  }
}
