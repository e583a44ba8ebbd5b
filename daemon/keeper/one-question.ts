/**
 * One question: another process is asked one thing at a time for the self-test, and answers once.
 *
 * Bounded by time, ended when the test is given up or the process goes away. A late answer to an earlier question is
 * dropped: each has an id of its own.
 */
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { newId } from "../wire/id.ts";

export interface OneQuestionOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  /** The process, as in "the eye". */
  readonly who: string;
  /** What it does, as in "examines the camera". */
  readonly does: string;
}

interface Waiting<Answer> {
  readonly id: string;
  resolve(answer: Answer): void;
  reject(fault: unknown): void;
}

export class OneQuestion<Answer> {
  readonly #options: OneQuestionOptions;
  #waiting: Waiting<Answer> | null = null;

  constructor(options: OneQuestionOptions) {
    this.#options = options;
  }

  /** Throws Fault `unavailable`, `timeout`, `cancelled`, or what the answer is refused with. */
  async ask(
    send: (id: string) => void,
    { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const { clock, isThere, who, does } = this.#options;
    if (signal.aborted) throw ended();
    if (!isThere())
      throw new Fault("unavailable", `${who} is not running`, { hint: "it starts again by itself" });
    if (this.#waiting !== null)
      throw new Fault("unavailable", `${who} ${does} already`, {
        hint: "wait until the other self-test is over",
      });
    const id = newId(clock.wallMs());
    const late = new Fault("timeout", `${who} did not answer`, { hint: "run the test again" });
    const cancel = clock.after(limitMs, () => this.#waiting?.reject(late));
    const abort = (): void => this.#waiting?.reject(ended());
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting = { id, resolve, reject };
        send(id);
      });
    } finally {
      cancel();
      signal.removeEventListener("abort", abort);
      this.#waiting = null;
    }
  }

  /** One that nobody waits for any more is dropped; a Fault that `read` throws is the answer. */
  handle(id: string, read: () => Answer): void {
    const waiting = this.#waiting;
    if (waiting?.id !== id) return;
    try {
      waiting.resolve(read());
    } catch (fault) {
      waiting.reject(fault);
    }
  }

  /** The process went away, and what it was asked with it. */
  clear(): void {
    const { who, does } = this.#options;
    this.#waiting?.reject(new Fault("unavailable", `${who} went away while it ${does}`));
  }
}

function ended(): Fault {
  return new Fault("cancelled", "the self-test was ended");
}
