/**
 * Restless: how much does each cell prove all the time, without anybody there?
 *
 * Branches, rain, snow, a flag: what moves in place moves again and again. Per cell the strongest
 * proof of every second is remembered; a typical second's worth of it (slowly up, slower down) is
 * taken off whatever the cell and its neighbours prove. A visitor crosses a cell in a second or
 * two and hardly pays; and never more than `restlessMost`, so that who stands out from the branches is
 * seen in front of them for as long as he likes.
 */
import type { CellOps } from "./kernel/ops.ts";
import type { Tuning } from "./tuning.ts";

export interface Restless {
  /** Per cell, the strongest proof of the second under way, and what is typical of a second. */
  readonly peak: Uint8Array;
  readonly typical: Uint8Array;
  /** Per cell, what is taken off. */
  readonly toll: Uint8Array;
  pictures: number;
  seconds: number;
}

export interface RestlessPlan {
  readonly ops: CellOps;
  readonly tuning: Tuning;
  /** Pictures in a second. */
  readonly second: number;
}

/** `bytes` gives an array of a byte per cell in the kernel's memory. */
export function emptyRestless(bytes: () => Uint8Array): Restless {
  return { peak: bytes(), typical: bytes(), toll: bytes(), pictures: 0, seconds: 0 };
}

/** One picture's proof, before anything is taken off. */
export function rest(state: Restless, proof: Uint8Array, worth: Uint8Array, plan: RestlessPlan): void {
  const { peak, typical, toll } = state;
  const { ops, tuning, second } = plan;
  for (let k = 0; k < peak.length; k += 1) {
    const now = proof[k] ?? 0;
    if (now > (peak[k] ?? 0)) peak[k] = now;
  }
  state.pictures = (state.pictures + 1) % second;
  if (state.pictures !== 0) return;
  state.seconds += 1;
  const early = Math.round(tuning.restlessFirst / state.seconds);
  const most = Math.max(early, tuning.restlessUp);
  const mostFired = state.seconds % tuning.restlessSlow === 0 ? 1 : 0;
  ops.spread(worth, toll);
  for (let k = 0; k < peak.length; k += 1) {
    const was = typical[k] ?? 0;
    const up = (toll[k] ?? 0) >= tuning.restlessKnown ? mostFired : most;
    const step = Math.max(-tuning.restlessDown, Math.min(up, (peak[k] ?? 0) - was));
    typical[k] = was + step;
    peak[k] = 0;
  }
  ops.spread(typical, toll);
  for (let k = 0; k < toll.length; k += 1)
    toll[k] = Math.min(tuning.restlessMost, Math.max(0, (toll[k] ?? 0) - tuning.restlessFree));
}
