/**
 * Turn: one at a time, and of those who wait only the newest.
 *
 * Who is overtaken is told so at once (Fault `cancelled`) and counted: an old frame says nothing that a newer one
 * would not say better.
 */
import { Fault } from "../../hal/fault.ts";

interface Waiting {
  readonly begin: () => void;
  readonly reject: (fault: Fault) => void;
}

export class Turn {
  #busy = false;
  #next: Waiting | null = null;
  #dropped = 0;

  get dropped(): number {
    return this.#dropped;
  }

  /** Resolves with what ends the turn. Rejects with Fault `cancelled` when overtaken or aborted before it began. */
  take(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Fault("cancelled", "nobody wants to know any more"));
      let gone = (): void => {};
      const begin = (): void => {
        signal.removeEventListener("abort", gone);
        this.#busy = true;
        resolve(() => this.#ended());
      };
      if (!this.#busy) return begin();
      const waiting = { begin, reject };
      gone = (): void => {
        if (this.#next === waiting) this.#next = null;
        reject(new Fault("cancelled", "nobody wants to know any more"));
      };
      this.#overtake(waiting);
      signal.addEventListener("abort", gone, { once: true });
    });
  }

  #overtake(waiting: Waiting): void {
    if (this.#next !== null) {
      this.#dropped += 1;
      this.#next.reject(new Fault("cancelled", "a newer frame took its place"));
    }
    this.#next = waiting;
  }

  #ended(): void {
    this.#busy = false;
    const next = this.#next;
    this.#next = null;
    next?.begin();
  }
}
