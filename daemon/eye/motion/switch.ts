/**
 * Switch: has the camera become another one, so that everything must be learnt anew?
 *
 * Night vision on or off, another gain: from one picture to the next the whole picture is another
 * and, unlike with a lamp, goes on stirring, because its noise is not the noise that was learnt. Then
 * every cell would fire until the noise is learnt again, and it would be learnt slowly, because
 * every cell looks occupied. So the detector starts again, as after opening the camera.
 * A body comes over more than a picture or two, however large; and at most once in a while.
 */
import type { Tuning } from "./tuning.ts";

export interface Switch {
  /** Share of the cells that stirred in the picture before, and in the one before that. */
  readonly shares: [number, number];
  /** Pictures since everything changed at once, all of which stirred; 0 = it did not. */
  since: number;
  /** Pictures until it may be believed again. */
  rest: number;
}

export function emptySwitch(): Switch {
  return { shares: [0, 0], since: 0, rest: 0 };
}

/** Takes a picture's stir. True: start again. `lag`: pictures that stir compares across. */
export function switched(state: Switch, stir: Uint8Array, { tuning, fps, lag }: SwitchPlan): boolean {
  let stirring = 0;
  for (let k = 0; k < stir.length; k += 1) if ((stir[k] ?? 0) >= tuning.switchStir) stirring += 1;
  const share = stirring / stir.length;
  const { shares } = state;
  const calm = Math.min(shares[0], shares[1]);
  shares[1] = shares[0];
  shares[0] = share;
  state.rest = Math.max(0, state.rest - 1);
  if (state.since > 0) state.since = share >= tuning.switchStays ? state.since + 1 : 0;
  else if (calm < tuning.switchCalm && share >= tuning.switchShare && state.rest === 0) state.since = 1;
  if (state.since <= lag) return false;
  state.since = 0;
  state.rest = Math.round((tuning.switchRestMs * fps) / 1_000);
  return true;
}

export interface SwitchPlan {
  readonly tuning: Tuning;
  readonly fps: number;
  readonly lag: number;
}
