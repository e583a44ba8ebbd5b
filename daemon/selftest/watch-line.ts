/**
 * Watch line: an input for some seconds, as a report.
 *
 * Whoever holds the line says what it does (a running house, or a driver that was opened for the test); this
 * only listens, so a press rings as ever. Edges before debounce where the driver tells them, else those after it.
 */
import type { Clock } from "../../hal/sensors.ts";
import { maxEdges, type LineReport, type PirReport } from "../wire/examine.ts";

export interface LineMove {
  readonly what: "bounce" | "edge";
  readonly active: boolean;
  readonly monoMs: number;
}

export interface WatchedLine {
  readonly name: string;
  /** Level now; false where it is not known (a button that nobody presses). */
  readonly active: boolean;
  /** Are edges before debounce told? */
  readonly bounces: boolean;
  /** Everything from now on; returns its end. */
  watch(handler: (move: LineMove) => void): () => void;
}

export interface WatchOptions {
  readonly clock: Clock;
  readonly forMs: number;
  readonly signal: AbortSignal;
  /** Ends so long after the first edge that counts; null = watches to the end. */
  readonly settleMs: number | null;
}

/** Resolves after `forMs`, when it has settled, or when given up. */
export function watchLine(line: WatchedLine, options: WatchOptions): Promise<LineReport> {
  const { clock, forMs, signal, settleMs } = options;
  const { name, active, bounces: raw } = line;
  const startMs = clock.monoMs();
  const moves: LineMove[] = [];
  let missed = 0;
  let presses = 0;
  return new Promise((resolve) => {
    let cancelSettle = (): void => {};
    const end = (): void => {
      stop();
      cancel();
      cancelSettle();
      signal.removeEventListener("abort", end);
      const fromMs = moves[0]?.monoMs ?? 0;
      const edges = moves.map((move) => ({ atMs: Math.max(0, move.monoMs - fromMs), active: move.active }));
      const watchedMs = Math.max(0, clock.monoMs() - startMs);
      resolve({ name: name.slice(0, 200), active, edges, raw, presses, missed, watchedMs });
    };
    const stop = line.watch((move) => {
      if (move.what === "edge" && move.active) presses += 1;
      if (move.what === (raw ? "bounce" : "edge")) {
        if (moves.length < maxEdges) moves.push(move);
        else missed += 1;
      }
      if (move.what !== "edge" || settleMs === null || presses !== 1) return;
      cancelSettle();
      cancelSettle = clock.after(settleMs, end);
    });
    const cancel = clock.after(forMs, end);
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
  });
}

/** What a motion sensor has done since it was opened. */
export class PirPast {
  readonly #openedMs: number;
  #activeSinceMs: number | null;
  #activeMs = 0;
  #rises = 0;

  constructor(openedMs: number, active: boolean) {
    this.#openedMs = openedMs;
    this.#activeSinceMs = active ? openedMs : null;
  }

  edge(active: boolean, monoMs: number): void {
    if (active === (this.#activeSinceMs !== null)) return;
    if (active) this.#rises += 1;
    else this.#activeMs += Math.max(0, monoMs - (this.#activeSinceMs ?? monoMs));
    this.#activeSinceMs = active ? monoMs : null;
  }

  at(monoMs: number): Pick<PirReport, "openMs" | "activeMs" | "rises"> {
    const now = this.#activeSinceMs === null ? 0 : Math.max(0, monoMs - this.#activeSinceMs);
    return {
      openMs: Math.max(0, monoMs - this.#openedMs),
      activeMs: this.#activeMs + now,
      rises: this.#rises,
    };
  }
}
