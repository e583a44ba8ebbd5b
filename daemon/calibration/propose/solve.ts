/**
 * Solve: which numbers must change, and to what, so that nothing of one kind fires and all of another does?
 *
 * Every slot is a number that is in force somewhere. What must stay silent gives each slot a highest value
 * (`cap`); what must fire needs one of several slots to be at least so high. Of all answers the smallest:
 * fewest numbers set, then the least sum of their distances to what they were.
 *
 * Exact, by branch and bound: whoever does not fire yet is given to each slot that could see it in turn.
 * For given lowest values each slot's cheapest value is known at once and alone, and lowest values only
 * grow along a branch, so that what costs more than the best answer is cut. All equally small answers
 * are returned: the caller has more to choose by.
 */
import type { Effort } from "./effort.ts";

export interface Slot {
  /** What it was; distances are counted from here. */
  readonly current: number;
  /** What it is when it is not set, which costs nothing; null = it has to be set. */
  readonly free: number | null;
}

/** One way to fire: this slot, at least so high. */
export interface Need {
  readonly slot: number;
  readonly least: number;
}

export interface Problem {
  readonly slots: readonly Slot[];
  /** Per slot, the highest value that keeps silent what must be silent. */
  readonly caps: readonly number[];
  /** Per event that must fire, the ways; one is enough. */
  readonly needs: readonly (readonly Need[])[];
}

export interface Cost {
  readonly numbers: number;
  readonly points: number;
}

export interface Answer extends Cost {
  /** Per slot; null = not set. */
  readonly values: readonly (number | null)[];
}

/** Answers that cost no more than `most`; none = there is none, unless the effort is spent. */
export function solve(
  problem: Problem,
  effort: Effort,
  most: Cost = { numbers: Infinity, points: Infinity },
): Answer[] {
  const search = new Search(problem, effort, most);
  search.from(problem.slots.map(() => 0));
  return search.answers;
}

export function costs(a: Cost, b: Cost): number {
  return a.numbers - b.numbers || a.points - b.points;
}

class Search {
  readonly #problem: Problem;
  readonly #effort: Effort;
  #most: Cost;
  readonly #seen = new Set<string>();
  answers: Answer[] = [];

  constructor(problem: Problem, effort: Effort, most: Cost) {
    this.#problem = problem;
    this.#effort = effort;
    this.#most = most;
  }

  from(lowest: readonly number[]): void {
    const key = lowest.join();
    if (this.#seen.has(key) || !this.#effort.take()) return;
    this.#seen.add(key);
    const { slots, caps, needs } = this.#problem;
    const values = slots.map((slot, s) => cheapest(slot, lowest[s] ?? 0, caps[s] ?? 0));
    const cost = costOf(slots, values);
    if (costs(cost, this.#most) > 0) return;
    const reached = (need: Need): boolean => (values[need.slot] ?? slots[need.slot]?.free ?? 0) >= need.least;
    const open = needs.find((ways) => !ways.some(reached));
    if (open === undefined) {
      if (costs(cost, this.#most) < 0) this.answers = [];
      this.#most = cost;
      this.answers.push({ ...cost, values });
      return;
    }
    for (const { slot, least } of open) {
      if (least > (caps[slot] ?? 0)) continue;
      this.from(lowest.map((low, s) => (s === slot ? Math.max(low, least) : low)));
    }
  }
}

/** Within its bounds: not set if that will do, else as near as possible to what it was. */
function cheapest({ current, free }: Slot, low: number, cap: number): number | null {
  if (free !== null && free >= low && free <= cap) return null;
  return Math.max(low, Math.min(cap, current));
}

function costOf(slots: readonly Slot[], values: readonly (number | null)[]): Cost {
  let [numbers, points] = [0, 0];
  values.forEach((value, s) => {
    if (value === null) return;
    numbers += 1;
    points += Math.abs(value - (slots[s]?.current ?? 0));
  });
  return { numbers, points };
}
