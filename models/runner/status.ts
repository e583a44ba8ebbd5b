/**
 * Status: what a runner says of itself.
 *
 *   off      no model is wanted
 *   loading  the file is being read, or tried out
 *   ready    it answers
 *   resting  it failed and is started again by itself, later each time (at most five minutes)
 *   refused  its file or manifest is not taken; looked at again every five minutes
 */
import type { Fault } from "../../hal/fault.ts";

export const runnerStates = ["off", "loading", "ready", "resting", "refused"] as const;
export type RunnerState = (typeof runnerStates)[number];

export interface RunnerStatus {
  /** As what.model says it. */
  readonly model: string;
  readonly state: RunnerState;
  /** Why it rests or was refused; also while it is tried again. */
  readonly fault: Fault | null;
  /** Pictures that it was shown, and frames that were dropped because a newer one came. */
  readonly runs: number;
  readonly dropped: number;
  /** How often its process failed. */
  readonly failures: number;
  /** For one picture, of the last 128; null before the first. */
  readonly msMedian: number | null;
  readonly msP95: number | null;
  /** Of its process; 0 = there is none. */
  readonly rssBytes: number;
}

/** Of what nobody wants. */
export function offStatus(model: string): RunnerStatus {
  return {
    model,
    state: "off",
    fault: null,
    runs: 0,
    dropped: 0,
    failures: 0,
    msMedian: null,
    msP95: null,
    rssBytes: 0,
  };
}
