/**
 * Due: which of the frames in which nothing stirs can still change what the event machine says?
 *
 * Such a frame matters in three ways only (daemon/sight/machine.ts): it is the first one late enough to
 * close a clip a post-roll after a press, or to close what last moved a post-roll and a cooldown ago, or
 * to end a clip that has become too long while something is still open. Which frame moved depends on the
 * sensitivity, so every frame that stirs, and every press, has its own three dues.
 */
import type { EventTiming } from "../sight/machine.ts";

const compactAt = 8_192;

export class Due {
  readonly #timing: EventTiming;
  #times: number[] = [];
  /** The oldest time of which a post-roll, a post-roll and a cooldown, the longest length is still to come. */
  #roll = 0;
  #close = 0;
  #longest = 0;

  constructor(timing: EventTiming) {
    this.#timing = timing;
  }

  /** Something stirs, or somebody presses. */
  stir(ptsUs: number): void {
    if (this.#longest > compactAt) {
      const done = Math.min(this.#roll, this.#close, this.#longest);
      this.#times = this.#times.slice(done);
      this.#roll -= done;
      this.#close -= done;
      this.#longest -= done;
    }
    this.#times.push(ptsUs);
  }

  /** Call once for every frame, before `stir`. True: this frame may close something. */
  passes(ptsUs: number): boolean {
    const times = this.#times;
    const open = this.#close < times.length;
    let passed = false;
    const { postRollUs, cooldownUs, maxClipUs } = this.#timing;
    const closeUs = postRollUs + cooldownUs;
    for (; ptsUs - (times[this.#roll] ?? Infinity) >= postRollUs; this.#roll += 1) passed = true;
    for (; ptsUs - (times[this.#close] ?? Infinity) >= closeUs; this.#close += 1) passed = true;
    for (; ptsUs - (times[this.#longest] ?? Infinity) >= maxClipUs; this.#longest += 1) passed ||= open;
    return passed;
  }

  reset(): void {
    this.#times = [];
    this.#roll = 0;
    this.#close = 0;
    this.#longest = 0;
  }
}
