/**
 * Simulated wire: the edges before debounce that a simulated sensor would have, for who listens.
 *
 * A press is held for 100 ms, or until the next one; nothing bounces. Nobody listens = no timer.
 */
import type { Clock, LineEdge } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";

const heldMs = 100;

export class SimWire {
  readonly #clock: Clock;
  readonly #edges = new Subscribers<LineEdge>();
  #listeners = 0;
  #release: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  on(handler: (edge: LineEdge) => void): () => void {
    const off = this.#edges.on(handler);
    this.#listeners += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      off();
      this.#listeners -= 1;
    };
  }

  /** At the very time that its press has. */
  press(monoMs: number, wallMs: number): void {
    if (this.#listeners === 0) return;
    if (this.#release !== null) this.#letGo();
    this.level(true, monoMs, wallMs);
    this.#release = this.#clock.after(heldMs, () => this.#letGo());
  }

  level(active: boolean, monoMs: number, wallMs: number): void {
    this.#edges.tell({ active, monoMs, wallMs });
  }

  clear(): void {
    this.#release?.();
    this.#release = null;
    this.#edges.clear();
  }

  #letGo(): void {
    this.#release?.();
    this.#release = null;
    this.level(false, this.#clock.monoMs(), this.#clock.wallMs());
  }
}
