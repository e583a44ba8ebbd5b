/**
 * False heat: moments in which the element stirs with nobody there.
 *
 * Each cause has slots of time and a chance that something happens in one; it is stronger when the same
 * trouble is in the picture, because sun, gusts and insects bother both.
 */
import { lightAt } from "../light.ts";
import { chance, hash } from "../math.ts";
import type { Porchly } from "../settings.ts";
import { strengthsAt } from "../trouble/program.ts";
import { sunOf } from "./air.ts";

interface Cause {
  readonly slotMs: number;
  /** 0..1 at a time: how likely a slot of it brings one. */
  readonly likely: (settings: Porchly, tMs: number) => number;
}

const sun = (settings: Porchly, tMs: number): number => sunOf(lightAt(settings, tMs));

/** One number a cause: never reorder, append. */
const causes: readonly Cause[] = [
  // warm gusts along the wall, branches in and out of the sun
  { slotMs: 20_000, likely: (s, t) => strengthsAt(s, t).wind * (0.12 + 0.4 * sun(s, t)) },
  // the sun comes out on the sensor
  { slotMs: 30_000, likely: (s, t) => strengthsAt(s, t).clouds * 0.5 },
  // drops that run over the lens
  { slotMs: 30_000, likely: (s, t) => lightAt(s, t).rain * 0.4 },
  { slotMs: 40_000, likely: (s, t) => strengthsAt(s, t).snow * 0.25 },
  // somebody small on the warm lens
  { slotMs: 30_000, likely: (s, t) => strengthsAt(s, t).insects * 0.3 },
  { slotMs: 60_000, likely: (s, t) => strengthsAt(s, t).web * 0.3 },
  // lamps of cars that turn in
  { slotMs: 30_000, likely: (s, t) => strengthsAt(s, t).headlights * 0.3 },
  // a draught from the door, a radio, the supply
  { slotMs: 240_000, likely: (s, t) => 0.15 + 0.15 * sun(s, t) },
];

/** Somebody switched the power on: the element settles. */
export const warmUpMs = 30_000;

export function isFalseHeat(settings: Porchly, tMs: number): boolean {
  if (tMs >= 0 && tMs < warmUpMs && happens(hash(settings.seed, 0x3a7), 6_000, tMs, 0.6)) return true;
  return causes.some(({ slotMs, likely }, i) => {
    const seed = hash(settings.seed, 0xfa15e, i);
    return happens(seed, slotMs, tMs, null) && chance(seed, slotOf(tMs, slotMs), 3) < likely(settings, tMs);
  });
}

function slotOf(tMs: number, slotMs: number): number {
  return Math.floor(tMs / slotMs);
}

/** Inside the slot's moment; `likely` null = in every slot. */
function happens(seed: number, slotMs: number, tMs: number, likely: number | null): boolean {
  const slot = slotOf(tMs, slotMs);
  if (likely !== null && chance(seed, slot, 3) >= likely) return false;
  const lastsMs = 150 + 700 * chance(seed, slot, 2);
  const fromMs = slot * slotMs + (slotMs - lastsMs) * chance(seed, slot, 1);
  return tMs >= fromMs && tMs < fromMs + lastsMs;
}
