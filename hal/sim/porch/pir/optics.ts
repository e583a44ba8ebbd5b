/**
 * Optics: what everybody warm does to the sensor's element at a porch time.
 *
 * The lens is a comb: behind each of its fingers lie a positive and a negative half of the element. A body that
 * crosses fingers makes a wave, one that stays inside one makes nothing. Bearing and elevation both count: walking
 * straight at the sensor only goes through its few tiers. The amplifier passes changes of about half a hertz to a few.
 */
import { clamp, sineTurns, smooth } from "../math.ts";
import type { Actor } from "../actor.ts";
import { type Air, animalC, personC, vehicleC } from "./air.ts";

/** Beside the button, turned towards the path. */
const sensor = { x: 0.45, z: 0.05, aboveM: 1.15, towardsTurns: 0.02 } as const;
/** Half of the cone, in turns: 100 degrees in all, with soft edges. */
const halfCone = { inner: 0.12, outer: 0.145 } as const;
/** Bearing from one finger to the next (8 degrees), elevation from one tier to the next. */
const fingerTurns = 8 / 360;
const tierTurns = 0.07;
/** Angle that a finger covers, as width over distance. */
const fingerRad = 0.07;
const halfRangeM = 5;
/** A wet lens scatters heat. */
const wetLoss = 0.45;

/** Between the two looks whose difference the amplifier passes. */
export const bandMs = 300;

interface Body {
  readonly widthM: number;
  readonly differsC: number;
}

/** What the element sees at a time; the comparator looks at its change over `bandMs`. */
export function waveOf(actors: readonly Actor[], air: Air, rain: number): number {
  let sum = 0;
  for (const actor of actors) {
    const body = bodyOf(actor, air);
    if (body !== null) sum += waveOfBody(body, actor.place.x - sensor.x, actor.place.z - sensor.z);
  }
  return sum * (1 - wetLoss * clamp(rain, 0, 1));
}

function bodyOf(actor: Actor, air: Air): Body | null {
  switch (actor.kind) {
    case "person":
      return { widthM: 0.5, differsC: personC(air) };
    case "animal":
      return { widthM: 0.24, differsC: animalC(air) };
    case "vehicle":
      return { widthM: 1.4, differsC: vehicleC(actor.look) };
    case "thing":
    case "parcel":
      return null; // as warm as what is around them
  }
}

function waveOfBody({ widthM, differsC }: Body, x: number, z: number): number {
  const distanceM = Math.sqrt(x * x + z * z);
  if (distanceM > 20 || z <= 0) return 0;
  const bearing = turnsOf(x, z) - sensor.towardsTurns;
  const inCone = smooth(halfCone.outer, halfCone.inner, Math.abs(bearing));
  if (inCone === 0) return 0;
  const q = (distanceM * distanceM) / (halfRangeM * halfRangeM);
  const strength = (differsC * Math.min(1, widthM / (fingerRad * Math.max(0.3, distanceM)))) / (1 + q * q);
  const phase = bearing / fingerTurns + turnsOf(sensor.aboveM, distanceM) / tierTurns;
  return strength * inCone * sineTurns(phase);
}

/** Angle whose tangent is a/b for b > 0, in turns; error below 0.001. */
function turnsOf(a: number, b: number): number {
  const t = Math.abs(a) / b;
  const s = t <= 1 ? t : 1 / t;
  const part = s * (0.125 + 0.0437 * (1 - s));
  const turns = t <= 1 ? part : 0.25 - part;
  return a < 0 ? -turns : turns;
}
