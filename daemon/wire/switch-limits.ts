/**
 * Switch limits: how often the broker's switches are obeyed, at the broker's end and at the keeper's.
 *
 * More than a few in a minute are no person's. Of what closes and quietens twice as many are taken as of what undoes it:
 * two automations that fight end with the sight closed, never with it open because the last word was one too many.
 */
import type { Clock } from "../../hal/sensors.ts";
import { RateLimit } from "./rate-limit.ts";
import type { SwitchName } from "./told.ts";

const perMs = 60_000;
export const mostOff = 6;
export const mostOn = 2 * mostOff;

export class SwitchLimits {
  readonly #on: RateLimit;
  readonly #off: RateLimit;

  constructor(clock: Clock) {
    this.#on = new RateLimit(clock, { most: mostOn, perMs });
    this.#off = new RateLimit(clock, { most: mostOff, perMs });
  }

  /** Whether one more is obeyed. */
  take(name: SwitchName, on: boolean): boolean {
    return (on ? this.#on : this.#off).take(name);
  }
}
