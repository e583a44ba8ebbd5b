/**
 * Desk: questions about the past, one at a time, answered by a thread of their own.
 *
 * A page asks anew while somebody drags; so the newest question wins, and an older one is told at once
 * that it was superseded. What both need of the journal is read on for the newer one. A question whose
 * asker has gone is taken back. Walk reports and labels are never superseded: they wait, a few at a time. The thread
 * ends when nobody asked for a while, and with it all that it remembers.
 */
import { extname } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { Turns } from "../../files/turns.ts";
import type { JournalSpan, LabelThresholds, Preview, Proposal, Walk } from "../../wire/api-calibration.ts";
import { AskedThread } from "../asked-thread.ts";
import type { Asked, Questions, WalkAsked } from "./protocol.ts";

/** Beside this file, as a source or bundled (scripts/bundle.ts). */
const file = new URL(`calibration-worker${extname(import.meta.url)}`, import.meta.url);
const mostWaiting = 4;
const idleMs = 10 * 60_000;
/** The thread's own heap; what it remembers of the journal lies beside it and has its own bound (shelf.ts). */
const heapMb = 256;

export type Question = Omit<Asked, "ticket">;

interface Newest {
  readonly ticket: number;
  readonly supersede: (fault: Fault) => void;
}

/** Questions of one kind that wait for each other. */
interface Line {
  readonly of: string;
  readonly turns: Turns;
  waiting: number;
}

export interface Progress {
  readonly busy: boolean;
  /** How much of the journal was read, 0..1. */
  readonly doneFrac: number;
}

export class CalibrationDesk implements AsyncDisposable {
  readonly #thread: AskedThread<Questions>;
  readonly #clock: Clock;
  readonly #walks: Line = { of: "walks", turns: new Turns(), waiting: 0 };
  readonly #labels: Line = { of: "questions about labels", turns: new Turns(), waiting: 0 };
  #newest: Newest | null = null;
  #held: Promise<JournalSpan> | null = null;
  #tickets = 0;
  #open = 0;
  #doneFrac = 0;
  #cancelIdle = (): void => {};
  /** Questions, those that were answered, and those that were superseded or taken back. */
  in = 0;
  out = 0;
  dropped = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#thread = new AskedThread({
      file,
      name: "calibration",
      limits: { maxOldGenerationSizeMb: heapMb },
      onTold: (told) => {
        if (typeof told === "number") this.#doneFrac = told;
      },
    });
  }

  get progress(): Progress {
    const busy = this.#open > 0;
    return { busy, doneFrac: busy ? this.#doneFrac : 0 };
  }

  /** What the journal holds; asked by many at once it is looked up once. */
  held(ask: Questions["held"]["ask"]): Promise<JournalSpan> {
    this.#held ??= this.#count(this.#thread.ask("held", ask)).finally(() => {
      this.#held = null;
    });
    return this.#held;
  }

  preview(question: Question, signal: AbortSignal): Promise<Preview> {
    return this.#newestOf("preview", question, signal);
  }

  propose(question: Question, signal: AbortSignal): Promise<Proposal> {
    return this.#newestOf("propose", question, signal);
  }

  /** Throws Fault `unavailable` when too many wait. */
  async walk(question: Question, walk: WalkAsked): Promise<Walk> {
    const ask = { ...question, ticket: this.#ticket(), walk };
    return this.#inTurn(this.#walks, () => this.#thread.ask("walk", ask));
  }

  /** Throws Fault `unavailable` when too many wait. Supersedes nothing: it takes no journal. */
  async labels(ask: Questions["labels"]["ask"]): Promise<LabelThresholds> {
    return this.#inTurn(this.#labels, () => this.#thread.ask("labels", ask));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelIdle();
    await this.#thread.end();
  }

  async #newestOf<Name extends "preview" | "propose">(
    name: Name,
    question: Question,
    signal: AbortSignal,
  ): Promise<Questions[Name]["answer"]> {
    const before = this.#newest;
    const { promise: superseded, reject } = Promise.withResolvers<never>();
    superseded.catch(() => {}); // whoever races with it is told
    const mine: Newest = { ticket: this.#ticket(), supersede: reject };
    this.#newest = mine;
    const answer = this.#count(this.#thread.ask(name, { ...question, ticket: mine.ticket }));
    // only after the newer one: what both need is read on
    if (before !== null) this.#takeBack(before, new Fault("cancelled", "superseded by a newer question"));
    const leave = (): void => {
      if (this.#newest === mine) this.#newest = null;
      this.#takeBack(mine, new Fault("cancelled", "whoever asked has gone"));
    };
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    try {
      return await Promise.race([answer, superseded]);
    } finally {
      signal.removeEventListener("abort", leave);
      if (this.#newest === mine) this.#newest = null;
    }
  }

  async #inTurn<T>(line: Line, ask: () => Promise<T>): Promise<T> {
    if (line.waiting >= mostWaiting)
      throw new Fault("unavailable", `${mostWaiting} ${line.of} are being looked at already`, {
        hint: "ask again in a moment",
      });
    line.waiting += 1;
    try {
      return await line.turns.take(() => this.#count(ask()));
    } finally {
      line.waiting -= 1;
    }
  }

  #takeBack({ ticket, supersede }: Newest, fault: Fault): void {
    this.dropped += 1;
    supersede(fault);
    this.#thread.ask("cancel", { ticket }).catch(() => {}); // a thread that died has forgotten it anyway
  }

  #ticket(): number {
    this.#tickets += 1;
    return this.#tickets;
  }

  async #count<T>(answer: Promise<T>): Promise<T> {
    this.#cancelIdle();
    this.in += 1;
    this.#open += 1;
    try {
      const value = await answer;
      this.out += 1;
      return value;
    } finally {
      this.#open -= 1;
      if (this.#open === 0) {
        this.#doneFrac = 0;
        this.#cancelIdle = this.#clock.after(idleMs, () => void this.#thread.end());
      }
    }
  }
}
