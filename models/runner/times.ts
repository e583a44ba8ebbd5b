/** Times: the last durations of something, and what is usual among them. */
const most = 128;

export class Times {
  readonly #last: number[] = [];
  #next = 0;

  add(ms: number): void {
    this.#last[this.#next] = ms;
    this.#next = (this.#next + 1) % most;
  }

  /** 0.5 = the median. Null before the first. */
  at(quantile: number): number | null {
    const sorted = this.#last.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? null;
  }
}
