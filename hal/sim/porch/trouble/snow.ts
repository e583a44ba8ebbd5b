/**
 * Snow: thick flakes that drift down beyond the porch roof, and a few that blow past the lens.
 *
 * A flake is a number: its distance, where it enters at the top, how fast it falls and how it
 * sways. When it has left the picture at the bottom another one takes its number.
 */
import type { Brush } from "../brush.ts";
import { blackLuma } from "../canvas.ts";
import { between, chance, clamp, drift, hash, sineTurns } from "../math.ts";
import { canvasHeight, canvasWidth, plan, view } from "../plan.ts";
import type { Troubled } from "./troubled.ts";
import { paintSoft } from "./soft.ts";

const farFlakes = 900;
const nearFlakes = 16;
/** Motion blur of the near ones: how long the shutter is open. */
const shutterMs = 14;
const marginY = 60;

function windAt({ seed, tMs }: Troubled): number {
  return (drift(hash(seed, 0x540), tMs / 6_000) - 0.4) * 1.2;
}

function lumaIn({ light }: Troubled): number {
  const lit = Math.max(clamp(light.ambient[1] * 1.7, 0, 1), light.dark * (light.infrared ? 0.85 : 0.45));
  return Math.round(blackLuma + lit * 205);
}

/** The flakes beyond the roof. */
export function paintSnow(brush: Brush, troubled: Troubled): void {
  const { seed, tMs, strength } = troubled;
  const wind = windAt(troubled);
  const luma = lumaIn(troubled);
  for (let i = 0; i < Math.round(farFlakes * strength); i += 1) {
    const far = chance(seed, 0x541, i);
    const z = plan.porch.edgeZ + 0.2 + 9 * far * far;
    const flake = flakeAt(seed, i, { z, tMs, wind });
    const r = (view.focal * between(0.022, 0.045, chance(seed, 0x542, i))) / z;
    paintSoft(brush, { ...flake, x1: flake.x0, y1: flake.y0, r, luma, alpha: 0.92, z });
  }
}

/** The flakes right before the lens. */
export function paintNearSnow(brush: Brush, troubled: Troubled): void {
  const { seed, tMs, light, strength } = troubled;
  const wind = windAt(troubled);
  const luma = lumaIn(troubled);
  for (let i = 0; i < Math.round(nearFlakes * strength); i += 1) {
    const z = between(0.3, 1.3, chance(seed, 0x543, i));
    const flake = flakeAt(seed, i + 1_000, { z, tMs, wind: wind * 1.4 });
    const r = 7 + (view.focal * 0.011) / z;
    const blur = shutterMs / 1_000;
    paintSoft(brush, {
      ...flake,
      x1: flake.x0 + flake.mpsX * blur,
      y1: flake.y0 + flake.mpsY * blur,
      r,
      luma: light.dark > 0.5 ? Math.min(230, luma + 40) : luma,
      alpha: 0.75,
    });
  }
}

interface Flake {
  readonly x0: number;
  readonly y0: number;
  /** Canvas units in a second. */
  readonly mpsX: number;
  readonly mpsY: number;
}

function flakeAt(seed: number, i: number, { z, tMs, wind }: { z: number; tMs: number; wind: number }): Flake {
  const draw = (what: number): number => chance(seed, 0x544, i, what);
  const mpsY = (view.focal * between(0.9, 1.6, draw(1))) / z;
  const fallen = (mpsY * tMs) / 1_000 + draw(2) * (canvasHeight + marginY);
  const round = Math.floor(fallen / (canvasHeight + marginY));
  const down = fallen - round * (canvasHeight + marginY);
  const sway = sineTurns(tMs / between(1_400, 2_600, draw(3)) + draw(4)) * 0.12;
  const side = canvasWidth * 1.2;
  const mpsX = (view.focal * wind * between(0.5, 1, draw(5))) / z;
  // the wind carries it by how long it has been falling
  const across = chance(seed, 0x545, i, round) * side + (view.focal * sway) / z + (mpsX * down) / mpsY;
  const x = across - Math.floor(across / side) * side - canvasWidth * 0.1;
  return { x0: x, y0: down - marginY / 2, mpsX, mpsY };
}
