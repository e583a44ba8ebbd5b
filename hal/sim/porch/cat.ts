/**
 * Cat: crosses the garden on soft feet, sits down for a while, tail never quite still.
 */
import type { Stroke } from "./brush.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { chance, clamp, mix, sineTurns } from "./math.ts";
import { canvasX, canvasY, surfaceY, view } from "./plan.ts";
import type { Place } from "./track.ts";
import { type Disc, Limb, Oval, Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";

const furs: readonly Rgb[] = [
  [48, 46, 48],
  [190, 124, 64],
  [150, 146, 142],
];

export function catStrokes(cat: { look: number; place: Place }, tMs: number, lit: Lit): Stroke[] {
  const { x, z, headX, headZ, walkedM, speedMps } = cat.place;
  const fur = furs[Math.floor(chance(cat.look, 1) * furs.length)] ?? [90, 80, 70];
  const floorY = surfaceY(z);
  const pace = clamp(speedMps / 0.5, 0, 1);
  const sit = 1 - pace;
  const at = (forward: number, right: number, up: number, r: number): Disc => {
    const wx = x + headX * forward + headZ * right;
    const wz = Math.max(0.35, z + headZ * forward - headX * right);
    return { x: canvasX(wx, wz), y: canvasY(floorY + up, wz), r: (r * view.focal) / wz };
  };
  const parts: { z: number; stroke: Stroke }[] = [];
  const put = (shape: Stroke["shape"], depth: number, bright = 1, colour: Rgb = fur): void => {
    const ink = inkOf([colour[0] * bright, colour[1] * bright, colour[2] * bright], lit.light);
    parts.push({ z: depth, stroke: { shape, ink, z, round: 0.3, lean: lit.lean } });
  };
  const depthOf = (forward: number, right: number): number => z + headZ * forward - headX * right;
  const limb = (from: Disc, to: Disc, forward: number, right: number, bright = 1): void =>
    put(new Limb(from, to), depthOf(forward, right), bright);

  const phase = walkedM / 0.42;
  const legs = [
    [0.13, -0.04, 0],
    [0.13, 0.04, 0.5],
    [-0.14, -0.045, 0.5],
    [-0.14, 0.045, 0],
  ] as const;
  for (const [forward, right, offset] of legs) {
    const swing = 0.055 * pace * sineTurns(phase + offset);
    const lift = 0.02 * pace * Math.max(0, sineTurns(phase + offset + 0.25));
    const hipUp = forward < 0 ? mix(0.17, 0.09, sit) : 0.18;
    const foot = forward < 0 ? forward + sit * 0.12 : forward;
    limb(at(forward, right, hipUp, 0.03), at(foot + swing, right, 0.015 + lift, 0.019), forward, right, 0.86);
  }
  const rumpUp = mix(0.2, 0.1, sit);
  const chestUp = mix(0.2, 0.24, sit);
  limb(at(-0.15 + sit * 0.04, 0, rumpUp, mix(0.07, 0.088, sit)), at(0.13, 0, chestUp, 0.066), 0, 0);
  const wag = 0.05 * sineTurns(tMs / 2_300) + 0.02 * sineTurns(tMs / 710);
  const tailMid = at(-0.3 + sit * 0.06, wag, mix(0.27, 0.05, sit), 0.018);
  limb(at(-0.2, 0, rumpUp, 0.022), tailMid, -0.25, 0, 0.9);
  limb(tailMid, at(-0.38 + sit * 0.2, wag * 2.4, mix(0.36, 0.05, sit), 0.015), -0.35, 0, 0.9);

  const headAt = at(0.22, 0, mix(0.27, 0.34, sit), 0.058);
  limb(at(0.13, 0, chestUp, 0.05), headAt, 0.16, 0);
  const near = depthOf(0.25, 0);
  put(new Oval(headAt.x, headAt.y, headAt.r, headAt.r * 0.9), near, 1.05);
  for (const side of [-1, 1]) {
    const ear = headAt.x + side * headAt.r * 0.6;
    const points = [
      [ear - headAt.r * 0.32, headAt.y - headAt.r * 0.5],
      [ear + headAt.r * 0.32, headAt.y - headAt.r * 0.5],
      [ear + side * headAt.r * 0.12, headAt.y - headAt.r * 1.35],
    ] as const;
    put(new Slab(points, 0.3), near - 0.01, 0.9);
    if (headZ < -0.2 && headAt.r > 5) {
      put(
        new Oval(
          headAt.x + side * headAt.r * 0.4,
          headAt.y - headAt.r * 0.05,
          headAt.r * 0.14,
          headAt.r * 0.17,
        ),
        near - 0.02,
        1.4,
        [170, 190, 90],
      );
    }
  }
  return parts.sort((a, b) => b.z - a.z).map((part) => part.stroke);
}
