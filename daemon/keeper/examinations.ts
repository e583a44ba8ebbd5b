/**
 * Examinations: the eye looks at its camera for the self-test, one look at a time.
 */
import type { Clock } from "../../hal/sensors.ts";
import { reportIn, type CameraReport, type Examined } from "../wire/examine.ts";
import type { KeeperToEye } from "../wire/messages.ts";
import { OneQuestion } from "./one-question.ts";

/** The eye itself answers 8 s after its time is over, whatever the camera does. */
const patienceMs = 15_000;

export interface ExaminationsOptions {
  readonly clock: Clock;
  readonly isThere: () => boolean;
  readonly send: (message: Extract<KeeperToEye, { type: "examine" }>) => void;
}

export class Examinations {
  readonly #send: ExaminationsOptions["send"];
  readonly #question: OneQuestion<CameraReport>;

  constructor({ clock, isThere, send }: ExaminationsOptions) {
    this.#send = send;
    this.#question = new OneQuestion({ clock, isThere, who: "the eye", does: "examines the camera" });
  }

  /** Throws Fault `unavailable`, `timeout`, `cancelled`, or as the eye refused. */
  ask(forMs: number, signal: AbortSignal): Promise<CameraReport> {
    return this.#question.ask((examine) => this.#send({ type: "examine", examine, forMs }), {
      limitMs: forMs + patienceMs,
      signal,
    });
  }

  handle(answer: Examined): void {
    this.#question.handle(answer.examine, () => reportIn(answer));
  }

  clear(): void {
    this.#question.clear();
  }
}
