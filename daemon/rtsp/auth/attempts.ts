/**
 * Attempts: who guesses passwords is not listened to for a while. One count for RTSP and ONVIF, by address.
 *
 * Ten wrong ones within a minute close the door to that address for a minute. Asked before each password is looked at.
 * A right one forgives nothing: behind an address (a host of containers, a router) somebody who knows the password would
 * give a guesser new tries with each of his own. Pure but for the clock; remembers 1,024 addresses.
 */
import type { Clock } from "../../../hal/sensors.ts";

const mostWrong = 10;
const windowMs = 60_000;
const mostAddresses = 1_024;

interface Known {
  wrong: number;
  sinceMs: number;
}

export class Attempts {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  /** Wrong passwords, and knocks that were not listened to. */
  wrong = 0;
  refused = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False: not now. */
  mayTry(address: string): boolean {
    const known = this.#of(address);
    if (known === null || known.wrong < mostWrong) return true;
    this.refused += 1;
    return false;
  }

  wasWrong(address: string): void {
    this.wrong += 1;
    const known = this.#of(address) ?? { wrong: 0, sinceMs: this.#clock.monoMs() };
    known.wrong += 1;
    if (known.wrong === mostWrong) known.sinceMs = this.#clock.monoMs();
    this.#known.delete(address);
    this.#known.set(address, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostAddresses && oldest !== undefined) this.#known.delete(oldest);
  }

  #of(address: string): Known | null {
    const known = this.#known.get(address);
    if (known === undefined) return null;
    if (this.#clock.monoMs() - known.sinceMs < windowMs) return known;
    this.#known.delete(address);
    return null;
  }
}
