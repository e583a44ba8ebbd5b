/**
 * Examinations: the eye looks at its camera for the self-test, one look at a time.
 */
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { reportIn, type CameraReport, type Examined } from "../wire/examine.ts";
import { newId } from "../wire/id.ts";
import type { KeeperToEye } from "../wire/messages.ts";

/** The eye itself answers 8 s after its time is over, whatever the camera does. */
const patienceMs = 15_000;

export interface ExaminationsOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  readonly send: (message: Extract<KeeperToEye, { type: "examine" }>) => void;
}

interface Waiting {
  readonly examine: string;
  resolve(report: CameraReport): void;
  reject(fault: unknown): void;
}

export class Examinations {
  readonly #options: ExaminationsOptions;
  #waiting: Waiting | null = null;

  constructor(options: ExaminationsOptions) {
    this.#options = options;
  }

  /** Throws Fault `unavailable`, `timeout`, `cancelled`, or as the eye refused. */
  async ask(forMs: number, signal: AbortSignal): Promise<CameraReport> {
    const { clock, isThere, send } = this.#options;
    if (signal.aborted) throw ended();
    if (!isThere())
      throw new Fault("unavailable", "the eye is not running", { hint: "it starts again by itself" });
    if (this.#waiting !== null)
      throw new Fault("unavailable", "the camera is being examined already", {
        hint: "wait until the other self-test is over",
      });
    const examine = newId(clock.wallMs());
    const late = new Fault("timeout", "the eye did not report on its camera", { hint: "run the test again" });
    const cancel = clock.after(forMs + patienceMs, () => this.#waiting?.reject(late));
    const abort = (): void => this.#waiting?.reject(ended());
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise<CameraReport>((resolve, reject) => {
        this.#waiting = { examine, resolve, reject };
        send({ type: "examine", examine, forMs });
      });
    } finally {
      cancel();
      signal.removeEventListener("abort", abort);
      this.#waiting = null;
    }
  }

  /** One that nobody waits for any more is dropped. */
  handle(answer: Examined): void {
    const waiting = this.#waiting;
    if (waiting?.examine !== answer.examine) return;
    try {
      waiting.resolve(reportIn(answer));
    } catch (fault) {
      waiting.reject(fault);
    }
  }

  /** The eye went away, and what it was asked with it. */
  clear(): void {
    this.#waiting?.reject(new Fault("unavailable", "the eye went away while it examined the camera"));
  }
}

function ended(): Fault {
  return new Fault("cancelled", "the self-test was ended");
}
