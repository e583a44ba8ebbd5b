/**
 * Lamp: somebody switches the porch lamp off and on, and now and then it flickers.
 *
 * On or off from one picture to the next, as a switch does it; seen when it is dark.
 */
import { between, chance, hash } from "../math.ts";

const spellMs = 9_000;
const flickerMs = 1_800;
const blinkMs = 110;

export function lampIsOn(seed: number, tMs: number, strength: number): boolean {
  if (strength < 0.5) return true;
  const own = hash(seed, 0x1a3b);
  const spell = Math.floor(tMs / spellMs);
  const into = tMs - spell * spellMs;
  const switchMs = between(1_000, 5_000, chance(own, spell, 1));
  const before = spell % 2 === 0;
  if (into < switchMs) return before;
  const flickers = chance(own, spell, 2) < 0.45 && into < switchMs + flickerMs;
  if (flickers) return chance(own, spell, 3 + Math.floor(into / blinkMs)) < 0.5;
  return !before;
}
