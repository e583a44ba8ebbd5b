/**
 * Rate limit: at most so many of a name within a time, by running time. Bounded by the number of names.
 */
import type { Clock } from "../../hal/sensors.ts";

export interface Rate {
  readonly most: number;
  readonly perMs: number;
}

export class RateLimit {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #taken = new Map<string, readonly number[]>();

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Whether one more is within it; only then it counts. */
  take(name: string): boolean {
    const now = this.#clock.monoMs();
    const { most, perMs } = this.#rate;
    const recent = (this.#taken.get(name) ?? []).filter((atMs) => now - atMs < perMs);
    const isFree = recent.length < most;
    this.#taken.set(name, isFree ? [...recent, now] : recent);
    return isFree;
  }
}
