/**
 * Trace pace: time of a trace, by the Clock from an epoch, or leaping to whatever is waited for.
 */
import type { Clock } from "../sensors.ts";

export interface TracePace {
  /** Since the beginning of the trace; negative before it. */
  nowMs(): number;
  /** Resolves when that time has come, or at once when the signal says stop. */
  until(atMs: number, signal?: AbortSignal): Promise<void>;
}

/** Less than this is no time to wait for: sums of milliseconds are not exact. */
export const momentMs = 0.0001;
/** A timer cannot wait longer than 2^31 ms. */
const longestWaitMs = 86_400_000;

/** The wall clock is looked at once: a correction of it later changes nothing. */
export function clockPace(clock: Clock, epochWallMs: number): TracePace {
  const epochMonoMs = clock.monoMs() - (clock.wallMs() - epochWallMs);
  const nowMs = (): number => clock.monoMs() - epochMonoMs;
  return {
    nowMs,
    async until(atMs, signal) {
      for (let leftMs = atMs - nowMs(); leftMs > momentMs; leftMs = atMs - nowMs()) {
        if (signal?.aborted === true) return;
        await wait(clock, Math.min(leftMs, longestWaitMs), signal);
      }
    },
  };
}

export function leapPace(): TracePace {
  let now = 0;
  return {
    nowMs: () => now,
    async until(atMs) {
      now = Math.max(now, atMs);
    },
  };
}

function wait(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal?.addEventListener("abort", done, { once: true });
  });
}
