/**
 * Journal flush: the eye writes what it holds of the motion journal now, not at the end of the minute.
 *
 * A walk is judged when it has just ended. Each question has a number, so that a late answer to an
 * earlier one is not taken for its own. An eye that is away holds nothing.
 */
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { KeeperToEye } from "../wire/messages.ts";

const flushMs = 10_000;

export interface JournalFlushOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  readonly send: (message: Extract<KeeperToEye, { type: "journal-flush" }>) => void;
}

export class JournalFlush {
  readonly #options: JournalFlushOptions;
  readonly #waiting = new Map<number, () => void>();
  #number = 0;

  constructor(options: JournalFlushOptions) {
    this.#options = options;
  }

  /** Throws Fault `timeout` when the eye does not answer. */
  async ask(): Promise<void> {
    const { clock, isThere, send } = this.#options;
    if (!isThere()) return;
    this.#number += 1;
    const number = this.#number;
    await new Promise<void>((resolve, reject) => {
      const cancel = clock.after(flushMs, () =>
        reject(
          new Fault("timeout", "the eye did not write the motion journal", { hint: "ask again in a moment" }),
        ),
      );
      this.#waiting.set(number, () => {
        cancel();
        resolve();
      });
      send({ type: "journal-flush", number });
    }).finally(() => this.#waiting.delete(number));
  }

  handle(number: number): void {
    this.#waiting.get(number)?.();
  }

  /** The eye went away: what it had not written is not there. */
  clear(): void {
    for (const resolve of this.#waiting.values()) resolve();
  }
}
