/**
 * Challenges: nonces that people sign to be let in, each good once and for a minute.
 *
 * Their time is monotonic, so a clock that is ten years off changes nothing. Bounded: past
 * `maxWaiting` the oldest goes, and whoever asked for it asks again.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../../hal/sensors.ts";

export const challengeMs = 60_000;
const maxWaiting = 256;

export class Challenges {
  readonly #clock: Clock;
  /** Nonce -> monotonic end; oldest first. */
  readonly #waiting = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(): string {
    const nonce = randomBytes(32).toString("base64url");
    this.#waiting.set(nonce, this.#clock.monoMs() + challengeMs);
    for (const oldest of this.#waiting.keys()) {
      if (this.#waiting.size <= maxWaiting) break;
      this.#waiting.delete(oldest);
    }
    return nonce;
  }

  /** True once for a nonce that was issued within the last minute. */
  use(nonce: string): boolean {
    const endMonoMs = this.#waiting.get(nonce);
    this.#waiting.delete(nonce);
    return endMonoMs !== undefined && this.#clock.monoMs() < endMonoMs;
  }
}
