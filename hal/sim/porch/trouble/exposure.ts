/**
 * Exposure: the camera answers a white or a black lorry in the street, or a coat before the lens,
 * by making everything darker or brighter, a little too far, and comes back.
 *
 * The lorries pass beyond the line (script.ts draws them); what is seen inside is the answer.
 */
import { between, chance, clamp, hash, sineTurns, smooth } from "../math.ts";
import type { Place } from "../track.ts";

const everyMs = 16_000;

export interface Lorry {
  readonly id: string;
  readonly white: boolean;
  /** In the middle of the street's picture from..to. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly place: Place;
}

const lorryZ = 13;
const halfSpanM = 26;

/** The lorry of this stretch of time. */
export function lorryAt(seed: number, tMs: number): Lorry {
  const turn = Math.floor(tMs / everyMs);
  const draw = (what: number): number => chance(hash(seed, 0x1044), turn, what);
  const mps = between(6, 9, draw(1));
  const startMs = turn * everyMs + between(500, 3_500, draw(2));
  const walkedM = ((tMs - startMs) / 1_000) * mps;
  const x = walkedM - halfSpanM;
  return {
    id: `lorry-${turn}`,
    white: draw(3) < 0.6,
    fromMs: startMs + ((halfSpanM - 9) / mps) * 1_000,
    toMs: startMs + ((halfSpanM + 7) / mps) * 1_000,
    place: { x, z: lorryZ, headX: 1, headZ: 0, walkedM, speedMps: mps },
  };
}

export function lorryIsThere({ place }: Lorry): boolean {
  return place.x > -halfSpanM && place.x < halfSpanM;
}

/** How far the camera has answered, since it began to: 0..1 with an overshoot, then some hunting. */
function answer(sinceMs: number): number {
  if (sinceMs <= 0) return 0;
  const rest = clamp(1 - sinceMs / 2_600, 0, 1);
  return (
    smooth(0, 650, sinceMs) +
    0.35 * sineTurns(sinceMs / 1_300 - 0.3) * smooth(200, 700, sinceMs) * rest * rest
  );
}

/** What everything is multiplied with. `nearestM` = how near somebody stands to the lens. */
export function exposureGain(
  { seed, tMs, strength }: { seed: number; tMs: number; strength: number },
  nearestM: number,
): number {
  if (strength <= 0) return 1;
  const { white, fromMs, toMs } = lorryAt(seed, tMs);
  const there = answer(tMs - fromMs - 120) - answer(tMs - toMs - 120);
  const near = smooth(1.7, 0.5, nearestM);
  return 1 + strength * ((white ? -0.42 : 0.5) * there + 0.3 * near);
}
