/**
 * Doorbell: what a press does.
 *
 *   edge -> cooldown -> event in memory -> pages -> store's queue -> eye (record) -> chime
 *
 * All in the tick of the edge, none of it waiting: a stopped eye, a full disk or a broken chime
 * cost the ring nothing. A press within button.cooldownMs of the last ring is counted only.
 */
import type { Event } from "../wire/api.ts";
import type { Press } from "../../hal/sensors.ts";
import { newId } from "../wire/id.ts";
import type { EventBook } from "./event-book.ts";
import { mayRing } from "./events.ts";

export interface DoorbellOptions {
  readonly cooldownMs: number;
  readonly book: EventBook;
  /** Asks the eye for the picture of it. */
  readonly record: (event: Event) => void;
  readonly chime: () => void;
}

export class Doorbell {
  readonly #options: DoorbellOptions;
  #lastRingMonoMs: number | null = null;
  presses = 0;
  rings = 0;
  /** Presses within the cooldown. */
  cooled = 0;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  handlePress(press: Press): void {
    this.presses += 1;
    if (!mayRing(this.#lastRingMonoMs, press.monoMs, this.#options.cooldownMs)) {
      this.cooled += 1;
      return;
    }
    this.#lastRingMonoMs = press.monoMs;
    this.rings += 1;
    const event = this.#options.book.ring(newId(press.wallMs), Math.round(press.wallMs));
    this.#options.record(event);
    this.#options.chime();
  }
}
