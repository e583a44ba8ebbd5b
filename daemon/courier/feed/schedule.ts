/**
 * Schedule: when the rounds of the feed begin.
 *
 * Round k begins at start + k * every + a random part of every / 12. Random numbers are drawn anew for each
 * round from the system's source, before anything is fetched: they spread a million doorbells that got their
 * power back at once, and depend on nothing that a doorbell holds. The first round comes soon after the start
 * (within five minutes of an hour), so that somebody who just set up a portal sees it work.
 */
import type { Clock } from "../../../hal/sensors.ts";

export interface ScheduleOptions {
  readonly everyMs: number;
  readonly clock: Clock;
  /** 0 <= n < 1, from a source that knows nothing of this house. */
  readonly random: () => number;
}

const jitterFrac = 1 / 12;

/** Of the time since the start. */
export function roundBeginsMs(round: number, everyMs: number, random: number): number {
  return Math.round((round + random * jitterFrac) * everyMs);
}

/** Calls `begin` for each round until cancelled. */
export function startSchedule({ everyMs, clock, random }: ScheduleOptions, begin: () => void): () => void {
  const startMs = clock.monoMs();
  let cancel = (): void => {};
  const plan = (round: number): void => {
    const waitMs = startMs + roundBeginsMs(round, everyMs, random()) - clock.monoMs();
    cancel = clock.after(Math.max(0, waitMs), () => {
      plan(Math.max(round, Math.floor((clock.monoMs() - startMs) / everyMs)) + 1); // after a sleep, none is made up for
      begin();
    });
  };
  plan(0);
  return () => cancel();
}
