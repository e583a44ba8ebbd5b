/**
 * Parcel: a cardboard box with tape and a blank label, on the mat or in somebody's hands.
 */
import type { Stroke } from "./brush.ts";
import { between, chance } from "./math.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { canvasX, canvasY } from "./plan.ts";
import { Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";

export interface ParcelSize {
  readonly halfX: number;
  readonly height: number;
  readonly depth: number;
}

export function parcelSize(look: number): ParcelSize {
  return {
    halfX: between(0.13, 0.2, chance(look, 1)),
    height: between(0.13, 0.26, chance(look, 2)),
    depth: between(0.18, 0.28, chance(look, 3)),
  };
}

/** `at` is the middle of the box's base. */
export function parcelStrokes(look: number, at: { x: number; y: number; z: number }, lit: Lit): Stroke[] {
  const { halfX, height, depth } = parcelSize(look);
  const near = at.z - depth / 2;
  const far = at.z + depth / 2;
  const top = at.y + height;
  const tone = between(0.9, 1.08, chance(look, 4));
  const quad = (
    corners: readonly (readonly [x: number, y: number, z: number])[],
    colour: Rgb,
    bright: number,
  ): Stroke => ({
    shape: new Slab(
      corners.map(([x, y, z]) => [canvasX(x, z), canvasY(y, z)] as const),
      0.3,
    ),
    ink: inkOf([colour[0] * bright * tone, colour[1] * bright * tone, colour[2] * bright * tone], lit.light),
    z: at.z,
    lean: lit.lean * 0.4,
  });
  const card: Rgb = [186, 144, 100];
  const tape: Rgb = [212, 186, 146];
  const l = at.x - halfX;
  const r = at.x + halfX;
  const strokes = [
    quad(
      [
        [l, at.y, near],
        [r, at.y, near],
        [r, top, near],
        [l, top, near],
      ],
      card,
      0.84,
    ),
    quad(
      [
        [l, top, near],
        [r, top, near],
        [r, top, far],
        [l, top, far],
      ],
      card,
      1.1,
    ),
    quad(
      [
        [at.x - 0.025, top, near],
        [at.x + 0.025, top, near],
        [at.x + 0.025, top, far],
        [at.x - 0.025, top, far],
      ],
      tape,
      1.1,
    ),
    quad(
      [
        [at.x - 0.025, top - 0.06, near],
        [at.x + 0.025, top - 0.06, near],
        [at.x + 0.025, top, near],
        [at.x - 0.025, top, near],
      ],
      tape,
      0.88,
    ),
    quad(
      [
        [at.x + 0.05, top, near + depth * 0.2],
        [r - 0.02, top, near + depth * 0.2],
        [r - 0.02, top, near + depth * 0.6],
        [at.x + 0.05, top, near + depth * 0.6],
      ],
      [232, 230, 224],
      1.05,
    ),
  ];
  const inner = at.x > 0 ? l : r;
  if (Math.abs(inner) > 0.02 && Math.sign(inner) === Math.sign(at.x)) {
    strokes.unshift(
      quad(
        [
          [inner, at.y, near],
          [inner, at.y, far],
          [inner, top, far],
          [inner, top, near],
        ],
        card,
        0.7,
      ),
    );
  }
  return strokes;
}
