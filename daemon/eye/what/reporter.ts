/**
 * Reporter: tells the keeper what is known of an event when that changes, at most twice a second, and once at the end.
 *
 * Every word is a message to each page, a line of the journal and a row: scores move a little with every look, and that
 * is no news. Only labels, their order, whether at the door, happenings, that who waited is gone, `settled` and a score that moved by a tenth are. Less is told after
 * some seconds (the keeper has thresholds that the eye does not know), and the last word is exact.
 */
import type { EventWhat } from "../../wire/what.ts";
import type { Told } from "../../sight/what/visit.ts";

const leastUs = 500_000;
/** A score that moved less than this since it was told is the same. */
const leastMove = 0.1;
/** And is told no sooner than this after the word before. */
const littleUs = 5_000_000;

export interface ReporterOptions {
  readonly report: (message: EventWhat) => void;
  readonly wallMsAt: (ptsUs: number) => number;
}

export class Reporter {
  readonly #options: ReporterOptions;
  #last: EventWhat | null = null;
  #lastUs = -Infinity;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** What is not told now, because it is too early, is told by the next call that is not. */
  tell(told: Told, atUs: number): void {
    if (atUs - this.#lastUs < leastUs && atUs >= this.#lastUs) return;
    const message = this.#messageOf(told);
    const isLate = Math.abs(atUs - this.#lastUs) >= littleUs;
    if (isLate ? isOther(this.#last, message) : isNews(this.#last, message)) this.#send(message, atUs);
  }

  /** The last word of an event, before it closes. */
  last(told: Told, atUs: number): void {
    const message = this.#messageOf(told);
    if (isOther(this.#last, message)) this.#send(message, atUs);
  }

  #send(message: EventWhat, atUs: number): void {
    this.#last = message;
    this.#lastUs = atUs;
    this.#options.report(message);
  }

  #messageOf({ event, what, happenings, gone, settled }: Told): EventWhat {
    return {
      type: "event-what",
      event,
      what: what.map((each) => ({ ...each, score: hundredths(each.score) })),
      happenings: happenings.map(({ kind, atUs, known }) => ({
        kind,
        wallMs: Math.max(0, Math.round(this.#options.wallMsAt(atUs))),
        ...(known === true ? { known } : {}),
      })),
      ...(gone === true ? { gone } : {}),
      settled,
    };
  }
}

function isOther(before: EventWhat | null, now: EventWhat): boolean {
  return JSON.stringify(before) !== JSON.stringify(now);
}

function isNews(before: EventWhat | null, now: EventWhat): boolean {
  if (before === null) return true;
  if (JSON.stringify(withoutScores(before)) !== JSON.stringify(withoutScores(now))) return true;
  return now.what.some(({ score }, i) => Math.abs(score - (before.what[i]?.score ?? 0)) >= leastMove - 1e-9);
}

function withoutScores(message: EventWhat): unknown {
  return { ...message, what: message.what.map(({ label, near }) => [label, near]) };
}

/** Finer than this would only make more messages. */
function hundredths(score: number): number {
  return Math.round(Math.max(0, Math.min(1, score)) * 100) / 100;
}
