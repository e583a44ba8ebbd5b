/**
 * Effort: how long a search for a proposal may go on, counted in steps and not in time.
 *
 * The same marks give the same answer on any machine. Marks of a busy month take some thousand steps; a
 * search that used its steps up has the best that was found so far, and the proposal says so.
 */
const mostSteps = 500_000;

export class Effort {
  #left: number;

  constructor(steps = mostSteps) {
    this.#left = steps;
  }

  /** Takes a step; false when there is none left. */
  take(): boolean {
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Something may not have been looked at. */
  get spent(): boolean {
    return this.#left <= 0;
  }
}
