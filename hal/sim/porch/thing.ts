/**
 * Thing: a wheeled bin or a bicycle, standing or pushed along.
 */
import type { Stroke } from "./brush.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { chance, sineTurns } from "./math.ts";
import { canvasX, canvasY, surfaceY, view } from "./plan.ts";
import { type Disc, Limb, Oval, Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";
import type { Place } from "./track.ts";

const binColours: readonly Rgb[] = [
  [52, 84, 60],
  [64, 66, 72],
  [110, 76, 52],
];
const frameColours: readonly Rgb[] = [
  [170, 52, 48],
  [50, 96, 150],
  [214, 206, 190],
];

export function thingStrokes(
  thing: { readonly what: "bin" | "bicycle"; readonly look: number; readonly place: Place },
  lit: Lit,
): Stroke[] {
  return thing.what === "bin" ? binStrokes(thing, lit) : bicycleStrokes(thing, lit);
}

interface Piece {
  readonly look: number;
  readonly place: Place;
}

function binStrokes({ look, place: { x, z } }: Piece, lit: Lit): Stroke[] {
  const colour = binColours[look % binColours.length] ?? [60, 60, 60];
  const floorY = surfaceY(z);
  const at = (dx: number, y: number): [number, number] => [canvasX(x + dx, z), canvasY(floorY + y, z)];
  const stroke = (shape: Stroke["shape"], ink: Rgb, bright = 1): Stroke => ({
    shape,
    ink: inkOf([ink[0] * bright, ink[1] * bright, ink[2] * bright], lit.light),
    z,
    lean: lit.lean,
    round: 0.12,
  });
  const wheel = (dx: number): Stroke => {
    const [cx, cy] = at(dx, 0.1);
    const r = (0.11 * view.focal) / z;
    return stroke(new Oval(cx, cy, r * 0.7, r), [28, 28, 30]);
  };
  return [
    wheel(-0.24),
    wheel(0.24),
    {
      ...stroke(new Slab([at(-0.24, 0.06), at(0.24, 0.06), at(0.3, 0.94), at(-0.3, 0.94)], 1), colour),
      fall: -0.2,
    },
    stroke(new Slab([at(-0.33, 0.94), at(0.33, 0.94), at(0.3, 1.06), at(-0.3, 1.06)], 1), colour, 1.25),
    stroke(
      new Slab([at(-0.16, 0.5), at(0.16, 0.5), at(0.16, 0.7), at(-0.16, 0.7)], 0.5),
      [206, 206, 198],
      0.9,
    ),
  ];
}

const wheelR = 0.34;
const spokes = 12;

function bicycleStrokes({ look, place: { x, z, headX, walkedM } }: Piece, lit: Lit): Stroke[] {
  const colour = frameColours[look % frameColours.length] ?? [90, 90, 90];
  const floorY = surfaceY(z);
  const facing = headX < 0 ? -1 : 1;
  const scale = view.focal / z;
  const at = (along: number, y: number, r: number): Disc => ({
    x: canvasX(x + along * facing, z),
    y: canvasY(floorY + y, z),
    r: r * scale,
  });
  const strokes: Stroke[] = [];
  const line = (from: Disc, to: Disc, ink: Rgb): void => {
    strokes.push({ shape: new Limb(from, to), ink: inkOf(ink, lit.light), z, round: 0.3 });
  };
  for (const along of [-0.52, 0.52]) {
    const rim = (k: number): Disc =>
      at(along + wheelR * sineTurns(k / spokes + 0.25), wheelR + wheelR * sineTurns(k / spokes), 0.024);
    const turn = walkedM / (6.2832 * wheelR) + chance(look, 1);
    for (let k = 0; k < spokes; k += 1) line(rim(k), rim(k + 1), [34, 34, 36]);
    for (let k = 0; k < 3; k += 1) {
      const spoke = at(
        along + wheelR * sineTurns(k / 3 - turn + 0.25),
        wheelR + wheelR * sineTurns(k / 3 - turn),
        0.006,
      );
      line(at(along, wheelR, 0.02), spoke, [150, 150, 154]);
    }
  }
  const hub = at(-0.52, wheelR, 0.018);
  const crank = at(-0.08, 0.3, 0.024);
  const seat = at(-0.2, 0.86, 0.02);
  const head = at(0.36, 0.84, 0.022);
  for (const [from, to] of [
    [hub, crank],
    [crank, seat],
    [hub, at(-0.18, 0.76, 0.016)],
    [at(-0.18, 0.76, 0.02), head],
    [crank, head],
    [head, at(0.52, wheelR, 0.016)],
  ] as const)
    line(from, to, colour);
  line(at(-0.32, 0.9, 0.035), at(-0.1, 0.9, 0.03), [40, 36, 34]);
  line(head, at(0.34, 1, 0.016), [60, 60, 64]);
  line(at(0.34, 1, 0.018), at(0.48, 1.02, 0.018), [40, 36, 34]);
  return strokes;
}
