/**
 * Problem log: since when something is wrong, and what was wrong before, as long as this keeper runs.
 *
 * By running time, so that a wall clock that steps makes nothing older. What comes back within a minute is the same
 * problem, counted; what was over within ten seconds (a camera that opens) is not remembered.
 */
import type { Clock } from "../../hal/sensors.ts";

export interface Problem {
  /** A name that stays. */
  readonly id: string;
  readonly text: string;
}

export interface StandingProblem extends Problem {
  readonly forMs: number;
}

export interface PastProblem extends Problem {
  readonly forMs: number;
  /** Since its end. */
  readonly agoMs: number;
  /** So often it came within a minute of its end. */
  readonly times: number;
}

const againMs = 60_000;
const leastMs = 10_000;
const mostPast = 50;

interface Entry {
  problem: Problem;
  readonly fromMs: number;
  /** null = it stands. */
  untilMs: number | null;
  times: number;
}

export class ProblemLog {
  readonly #clock: Clock;
  /** The newest entry of each, in the order in which they began. */
  readonly #newest = new Map<string, Entry>();
  #past: Entry[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is wrong now; to be called again and again. */
  look(problems: readonly Problem[]): void {
    const now = this.#clock.monoMs();
    for (const problem of problems) this.#stands(problem, now);
    const ids = new Set(problems.map(({ id }) => id));
    for (const [id, entry] of this.#newest) if (!ids.has(id)) this.#over(id, entry, now);
  }

  get standing(): StandingProblem[] {
    const now = this.#clock.monoMs();
    return [...this.#newest.values()]
      .filter(({ untilMs }) => untilMs === null)
      .map(({ problem, fromMs }) => ({ ...problem, forMs: Math.round(now - fromMs) }));
  }

  /** Newest first. */
  get past(): PastProblem[] {
    const now = this.#clock.monoMs();
    const over = [...this.#newest.values(), ...this.#past].flatMap(({ problem, fromMs, untilMs, times }) =>
      untilMs === null || untilMs - fromMs < leastMs
        ? []
        : [{ ...problem, forMs: Math.round(untilMs - fromMs), agoMs: Math.round(now - untilMs), times }],
    );
    return over.toSorted((a, b) => a.agoMs - b.agoMs).slice(0, mostPast);
  }

  #stands(problem: Problem, now: number): void {
    const entry = this.#newest.get(problem.id);
    if (entry === undefined) {
      this.#newest.set(problem.id, { problem, fromMs: now, untilMs: null, times: 1 });
      return;
    }
    entry.problem = problem;
    if (entry.untilMs === null) return;
    entry.untilMs = null;
    entry.times += 1;
  }

  #over(id: string, entry: Entry, now: number): void {
    entry.untilMs ??= now;
    if (now - entry.untilMs < againMs) return;
    this.#newest.delete(id);
    if (entry.untilMs - entry.fromMs >= leastMs) this.#past = [entry, ...this.#past].slice(0, mostPast);
  }
}
