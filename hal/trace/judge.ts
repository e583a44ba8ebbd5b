/**
 * Judge: the edges of one recorded line, debounced again by the rule that the doorbell uses.
 *
 * Pure in effect: the same edges, setting and end give the same outcomes, bit for bit, however long
 * ago and on whatever machine they were recorded. A button's outcome is a press (to active only).
 */
import { bounce, settle, startDebounce, type DebounceStep } from "../gpio/debounce.ts";
import type { TraceLine } from "./format.ts";

export interface Outcome {
  readonly line: string;
  readonly active: boolean;
  /** Of the first edge of its burst. */
  readonly atNs: number;
  /** When nothing could change it any more. */
  readonly certainNs: number;
}

export class LineJudge {
  readonly #line: string;
  readonly #role: TraceLine["role"];
  readonly #periodMs: number;
  readonly #tell: (outcome: Outcome) => void;
  #state;

  constructor({ line, role, active }: TraceLine, debounceMs: number, tell: (outcome: Outcome) => void) {
    this.#line = line;
    this.#role = role;
    this.#periodMs = debounceMs;
    this.#tell = tell;
    this.#state = startDebounce(active ?? false);
  }

  edge(atNs: number, active: boolean): void {
    if (this.#periodMs === 0) return this.#every(atNs, active);
    this.#take(bounce(this.#state, { active, atMs: atNs / 1e6 }, this.#periodMs));
  }

  /** Lost, or opened anew at this level: what had settled by then counts, what was under way is over. */
  restart(nowNs: number, active: boolean | null): void {
    this.passed(nowNs);
    this.#state = startDebounce(active ?? this.#state.active);
  }

  /** Time went by without another edge. */
  passed(nowNs: number): void {
    this.#take(settle(this.#state, nowNs / 1e6, this.#periodMs));
  }

  /** Without debounce every edge counts, as the drivers have it: a PIR's only when its level is news. */
  #every(atNs: number, active: boolean): void {
    if (this.#role === "pir" && active === this.#state.active) return;
    this.#state = startDebounce(active);
    if (active || this.#role !== "button") this.#tell({ line: this.#line, active, atNs, certainNs: atNs });
  }

  #take({ state, change }: DebounceStep): void {
    const before = this.#state.burst;
    this.#state = state;
    if (change === null || (this.#role === "button" && !change.active)) return;
    const certainMs = (before?.lastMs ?? change.atMs) + this.#periodMs;
    this.#tell({
      line: this.#line,
      active: change.active,
      atNs: Math.round(change.atMs * 1e6),
      certainNs: Math.round(certainMs * 1e6),
    });
  }
}
