/**
 * Reporter: tells the keeper what is known of an event when that changes, at most twice a second, and once at the end.
 */
import type { EventWhat } from "../../wire/what.ts";
import type { Told } from "../../sight/what/visit.ts";

const leastUs = 500_000;

export interface ReporterOptions {
  readonly report: (message: EventWhat) => void;
  readonly wallMsAt: (ptsUs: number) => number;
}

export class Reporter {
  readonly #options: ReporterOptions;
  #last = "";
  #lastUs = -Infinity;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** What is not told now, because it is too early, is told by the next call that is not. */
  tell(told: Told, atUs: number): void {
    if (atUs - this.#lastUs < leastUs && atUs >= this.#lastUs) return;
    this.#send(told, atUs);
  }

  /** The last word of an event, before it closes. */
  last(told: Told, atUs: number): void {
    this.#send(told, atUs);
  }

  #send(told: Told, atUs: number): void {
    const message = this.#messageOf(told);
    const text = JSON.stringify(message);
    if (text === this.#last) return;
    this.#last = text;
    this.#lastUs = atUs;
    this.#options.report(message);
  }

  #messageOf({ event, what, happenings, settled }: Told): EventWhat {
    return {
      type: "event-what",
      event,
      what: what.map(({ label, score }) => ({ label, score: hundredths(score) })),
      happenings: happenings.map(({ kind, atUs }) => ({
        kind,
        wallMs: Math.max(0, Math.round(this.#options.wallMsAt(atUs))),
      })),
      settled,
    };
  }
}

/** Finer than this would only make more messages. */
function hundredths(score: number): number {
  return Math.round(Math.max(0, Math.min(1, score)) * 100) / 100;
}
