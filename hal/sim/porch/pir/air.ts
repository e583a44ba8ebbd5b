/**
 * Air: how warm it is on the porch, and how much a body stands out from what is behind it.
 *
 * A PIR element sees differences of radiated heat. In cold air clothes keep most of it inside, in mild air a
 * dressed body is some degrees warmer than the garden, in hot air the paving is as warm as the skin.
 */
import { dayFraction } from "../day.ts";
import { type Light, lightAt } from "../light.ts";
import { between, chance, clamp, sineTurns } from "../math.ts";
import type { Porchly } from "../settings.ts";
import { programDay } from "../trouble/program.ts";

/** Celsius at the mean of a day: from, to. */
const means: Readonly<Record<"cold" | "mild" | "hot", readonly [number, number]>> = {
  cold: [-4, 6],
  mild: [11, 19],
  hot: [29, 33],
};
const skinC = 33;
/** Face and hands differ from anything, a little. */
const bareC = 0.9;

export interface Air {
  readonly airC: number;
  /** What stands behind a body: walls, lawn and paving; the sun warms them. */
  readonly groundC: number;
}

export function airAt(settings: Porchly, tMs: number): Air {
  const light = lightAt(settings, tMs);
  const mean = meanOf(settings, tMs);
  const airC = mean + 4.5 * sineTurns(dayFraction(settings, tMs) - 0.38) - 2 * light.rain;
  return { airC, groundC: airC + 2.5 * sunOf(light) };
}

/** 0..1: how much of the open sun there is. */
export function sunOf({ suns }: Light): number {
  return clamp(
    suns.reduce((sum, [red]) => sum + red, 0),
    0,
    1,
  );
}

function meanOf({ seed, air }: Porchly, tMs: number): number {
  const day = Math.max(0, programDay(tMs));
  const draw = chance(seed, 0xa12, day);
  // seasons by chance: one day in five is cold, one in five hot
  const kind = chance(seed, 0xa13, day);
  const [low, high] = means[air !== "auto" ? air : kind < 0.2 ? "cold" : kind < 0.8 ? "mild" : "hot"];
  return between(low, high, draw);
}

/** By how many degrees a body differs from what is behind it. */
export function personC({ airC, groundC }: Air): number {
  const surface = airC + clamp(0.42 * (skinC - airC), 0, 8.5);
  return Math.max(bareC, Math.abs(surface - groundC));
}

export function animalC({ airC, groundC }: Air): number {
  return Math.abs(airC + clamp(0.34 * (36 - airC), 0, 9) - groundC);
}

/** What the hedge leaves of a car: bonnet and windows. Most are hardly warm when they pass, a few come off the motorway. */
export function vehicleC(look: number): number {
  const draw = chance(look, 0x407);
  return 2 + 22 * draw * draw * draw * draw * draw * draw;
}
