/**
 * Hold: what fired a picture ago, here or next to here, goes on while it lives.
 *
 * It is worth what it was as long as it stays as much changed, and for a while with less. It lives
 * by stirring: every picture that stirs buys a few more, up to `aliveMs`; where nothing at all stirs
 * (the place where something was taken away) the time runs out faster. What the place does all the
 * time (restless.ts) keeps nothing alive.
 */
import type { Tuning } from "./tuning.ts";

export interface Hold {
  /** Per cell, pictures for which it still counts as alive. */
  readonly alive: Uint16Array;
  /** Pictures since holding last cost a step. */
  sinceLeak: number;
}

export interface HoldPlan {
  readonly tuning: Tuning;
  readonly alivePictures: number;
  readonly boughtPictures: number;
  readonly leakPictures: number;
}

export function emptyHold(cells: number): Hold {
  return { alive: new Uint16Array(cells), sinceLeak: 0 };
}

export function holdPlan(tuning: Tuning, fps: number): HoldPlan {
  const pictures = (ms: number): number => Math.max(1, Math.round((ms * fps) / 1_000));
  return {
    tuning,
    alivePictures: pictures(tuning.aliveMs),
    boughtPictures: pictures(tuning.boughtMs),
    leakPictures: pictures(tuning.leakMs),
  };
}

export interface HoldRoom {
  /** Worth a picture ago, the most of a cell and its neighbours. */
  readonly near: Uint8Array;
  readonly change: Uint8Array;
  readonly stir: Uint8Array;
  readonly toll: Uint8Array;
}

/** Fills `to` with what is held. */
export function hold(state: Hold, room: HoldRoom, plan: HoldPlan & { readonly to: Uint8Array }): void {
  const { near, change, stir, toll } = room;
  const { tuning, to, alivePictures, boughtPictures, leakPictures } = plan;
  const { alive } = state;
  state.sinceLeak = (state.sinceLeak + 1) % leakPictures;
  const leak = state.sinceLeak === 0 ? 1 : 0;
  for (let k = 0; k < to.length; k += 1) {
    const stirring = stir[k] ?? 0;
    const usual = toll[k] ?? 0;
    const had = alive[k] ?? 0;
    const bought = Math.min(alivePictures, had + boughtPictures);
    const lives =
      stirring - usual >= tuning.alive ? bought : Math.max(0, had - (stirring < tuning.dead ? 2 : 1));
    alive[k] = lives;
    const left = Math.max(0, (change[k] ?? 0) - usual);
    const was = near[k] ?? 0;
    const fading = Math.min(left + tuning.holdSlack, was - leak);
    to[k] = lives > 0 && left > 0 ? Math.min(was, Math.max(left, fading)) : 0;
  }
}
