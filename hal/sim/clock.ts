/**
 * SimClock: time that moves only when told to.
 *
 * `advance` fires due timers in order of their time (ties: in order of creation) and lets pending
 * promises settle between them, so that a test says "five seconds later" and nobody sleeps.
 * `stepWall` moves wall time alone, as a clock correction does.
 */
import type { Clock } from "../sensors.ts";

interface Timer {
  dueMs: number;
  readonly everyMs: number | null;
  readonly handler: () => void;
}

/** 2026-01-01T12:00:00Z, so that simulated days start in daylight. */
export const simEpochWallMs = Date.UTC(2026, 0, 1, 12);

export class SimClock implements Clock {
  #monoMs = 0;
  #wallOffsetMs: number;
  readonly #timers = new Set<Timer>();

  constructor(startWallMs: number = simEpochWallMs) {
    this.#wallOffsetMs = startWallMs;
  }

  monoMs(): number {
    return this.#monoMs;
  }

  wallMs(): number {
    return Math.round(this.#wallOffsetMs + this.#monoMs);
  }

  after(ms: number, handler: () => void): () => void {
    return this.#add(ms, null, handler);
  }

  every(ms: number, handler: () => void): () => void {
    return this.#add(ms, ms, handler);
  }

  stepWall(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  async advance(ms: number): Promise<void> {
    const end = this.#monoMs + ms;
    await settle();
    for (let timer = this.#next(end); timer !== null; timer = this.#next(end)) {
      this.#monoMs = Math.max(this.#monoMs, timer.dueMs);
      if (timer.everyMs === null) this.#timers.delete(timer);
      else timer.dueMs += Math.max(1, timer.everyMs);
      timer.handler();
      await settle();
    }
    this.#monoMs = end;
  }

  #add(ms: number, everyMs: number | null, handler: () => void): () => void {
    const timer: Timer = { dueMs: this.#monoMs + Math.max(0, ms), everyMs, handler };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #next(endMs: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (first === null || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
