/**
 * History: what was drawn before, for undo and redo.
 *
 * Pure. A drag or a run of key presses on one corner is one step: changes with the same `run` are
 * taken together. `cancelRun` takes the run back as if it had never begun. Bounded: the oldest of
 * more than `mostSteps` steps is forgotten.
 */
import type { Drawing } from "./shapes.ts";

export const mostSteps = 200;

export interface History {
  readonly past: readonly Drawing[];
  readonly now: Drawing;
  readonly future: readonly Drawing[];
  /** What the newest step belongs to; null = it is finished. */
  readonly run: string | null;
}

export function startHistory(now: Drawing): History {
  return { past: [], now, future: [], run: null };
}

export function advance(history: History, next: Drawing, run: string | null = null): History {
  if (next === history.now) return history;
  const goesOn = run !== null && run === history.run;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-mostSteps);
  return { past, now: next, future: [], run };
}

/** What follows is a new step, even with the same name. */
export function endRun(history: History): History {
  return history.run === null ? history : { ...history, run: null };
}

export function cancelRun(history: History, run: string): History {
  const before = history.past.at(-1);
  if (history.run !== run || before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [], run: null };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    run: null,
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, run: null };
}
