/**
 * Rings: presses that wait for a picture (the camera is being opened, or the mask has changed).
 *
 * A ring older than `keepMs` is over, as the keeper sees it too, and is not recorded any more.
 * Bounded; the keeper knows of every press, so what is lost here is a recording, never the event.
 */
import type { Clock } from "../../hal/sensors.ts";

const maxWaiting = 16;

export class Rings {
  readonly #clock: Clock;
  readonly #keepMs: number;
  #waiting: { readonly event: string; readonly untilMs: number }[] = [];

  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  add(event: string): void {
    if (this.#waiting.some((each) => each.event === event)) return;
    this.#waiting = [...this.#waiting, { event, untilMs: this.#clock.monoMs() + this.#keepMs }].slice(
      -maxWaiting,
    );
  }

  /** Offers every ring that is not over; those that `press` takes wait no more. */
  hand(press: (event: string) => boolean): void {
    if (this.#waiting.length === 0) return;
    const nowMs = this.#clock.monoMs();
    this.#waiting = this.#waiting.filter(({ event, untilMs }) => untilMs > nowMs && !press(event));
  }
}
