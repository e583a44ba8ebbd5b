/**
 * Stills: single pictures that the eye makes on request, sealed, passed on and never kept.
 *
 * Bounded: a few at a time, and each waits at most `patienceMs` for the eye. The history is written
 * before the eye is asked, so that it counts every picture that could have been handed out.
 */
import { Fault, faultKinds } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { newId } from "../wire/id.ts";
import type { EyeToKeeper, KeeperToEye } from "../wire/messages.ts";

export const patienceMs = 10_000;
const maxWaiting = 4;

export type StillAnswer = Extract<EyeToKeeper, { type: "still-made" | "still-refused" }>;
type StillAsked = Extract<KeeperToEye, { type: "still" }>;

export interface StillsOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  readonly send: (message: StillAsked) => void;
}

interface Waiting {
  resolve(age: Buffer): void;
  reject(fault: Fault): void;
}

export class Stills {
  readonly #options: StillsOptions;
  readonly #waiting = new Map<string, Waiting>();
  #asked = 0;

  constructor(options: StillsOptions) {
    this.#options = options;
  }

  /** An age file. Throws Fault `unavailable`, `timeout`, or as the eye refused. */
  async ask(still: Pick<StillAsked, "kind" | "request">, before: () => Promise<unknown>): Promise<Buffer> {
    if (this.#asked >= maxWaiting)
      throw new Fault("unavailable", `${maxWaiting} pictures are being made already`, {
        hint: "ask again in a moment",
      });
    this.#asked += 1;
    try {
      this.#checkEye();
      await before();
      this.#checkEye();
      return await this.#fromEye({ ...still, type: "still", still: newId(this.#options.clock.wallMs()) });
    } finally {
      this.#asked -= 1;
    }
  }

  /** One that nobody waits for any more is dropped. */
  handle(answer: StillAnswer): void {
    const waiting = this.#waiting.get(answer.still);
    if (answer.type === "still-made") return waiting?.resolve(Buffer.from(answer.age, "base64"));
    const { kind, message, hint } = answer.fault;
    waiting?.reject(
      new Fault(faultKinds.find((known) => known === kind) ?? "unavailable", message, { hint }),
    );
  }

  /** The eye went away, and what it was asked with it. */
  clear(): void {
    for (const waiting of this.#waiting.values())
      waiting.reject(new Fault("unavailable", "the eye went away before the picture was made"));
  }

  #checkEye(): void {
    if (!this.#options.isThere())
      throw new Fault("unavailable", "the eye is not running", { hint: "it starts again by itself" });
  }

  #fromEye(message: StillAsked): Promise<Buffer> {
    return new Promise<Buffer>((resolve, reject) => {
      const cancel = this.#options.clock.after(patienceMs, () =>
        reject(new Fault("timeout", "the eye made no picture in time", { hint: "ask again in a moment" })),
      );
      this.#waiting.set(message.still, {
        resolve: (age) => {
          cancel();
          resolve(age);
        },
        reject: (fault) => {
          cancel();
          reject(fault);
        },
      });
      this.#options.send(message);
    }).finally(() => this.#waiting.delete(message.still));
  }
}
