/**
 * Gestures: what a finger meant by its presses: once, twice, or for long.
 *
 * Nothing in the house waits for this. A ring is told at the press, because a visitor who holds the
 * button, or presses twice, rings once and at once; these are names for who watches a button.
 *
 *   long    held for `longMs`, told while it is still held
 *   double  a second press within `againMs` after the first was let go, told at that press
 *   single  a press that was neither, told once that is sure
 *
 * Pure, over edges after debounce, with their own stamps: edges that are read late give the same
 * gestures. The caller feeds edges in order and asks again after `waitMs`. Every press belongs to
 * exactly one gesture: a third quick press begins anew.
 */
export interface FingerEdge {
  readonly active: boolean;
  readonly monoMs: number;
}

export interface Gesture {
  readonly kind: "single" | "double" | "long";
  /** When it began: the first press. */
  readonly monoMs: number;
}

export interface GestureTimes {
  readonly longMs: number;
  readonly againMs: number;
}

/** A knock is shorter than a second; two that belong together are no further apart than this. */
export const usualTimes: GestureTimes = { longMs: 1_000, againMs: 400 };

export type GestureState =
  | { readonly at: "rest" }
  /** Down since `downMs`, and not named yet. */
  | { readonly at: "down"; readonly downMs: number }
  /** Let go at `upMs`, and a second press may follow. */
  | { readonly at: "up"; readonly downMs: number; readonly upMs: number }
  /** Still down, but named already. */
  | { readonly at: "named" };

export interface GestureStep {
  readonly state: GestureState;
  readonly gesture: Gesture | null;
}

export const atRest: GestureState = { at: "rest" };

/** Time went by up to `nowMs` without another edge. */
export function pass(state: GestureState, nowMs: number, times: GestureTimes): GestureStep {
  const due = dueMs(state, times);
  if (due === null || nowMs < due || !("downMs" in state)) return { state, gesture: null };
  const monoMs = state.downMs;
  return state.at === "down"
    ? { state: { at: "named" }, gesture: { kind: "long", monoMs } }
    : { state: atRest, gesture: { kind: "single", monoMs } };
}

/** One edge came; up to one gesture was certain before it, or is by it. */
export function feel(state: GestureState, edge: FingerEdge, times: GestureTimes): GestureStep[] {
  const before = pass(state, edge.monoMs, times);
  const after = edge.active ? press(before.state, edge.monoMs) : release(before.state, edge.monoMs);
  return [before, after];
}

function press(state: GestureState, monoMs: number): GestureStep {
  if (state.at === "up") return { state: { at: "named" }, gesture: { kind: "double", monoMs: state.downMs } };
  if (state.at === "rest") return { state: { at: "down", downMs: monoMs }, gesture: null };
  return { state, gesture: null }; // two presses without a release between: the second is no news
}

function release(state: GestureState, upMs: number): GestureStep {
  if (state.at === "down") return { state: { at: "up", downMs: state.downMs, upMs }, gesture: null };
  return { state: state.at === "named" ? atRest : state, gesture: null };
}

function dueMs(state: GestureState, { longMs, againMs }: GestureTimes): number | null {
  if (state.at === "down") return state.downMs + longMs;
  return state.at === "up" ? state.upMs + againMs : null;
}

/** How long to wait before `pass` can say more; null when nothing is under way. */
export function waitMs(state: GestureState, nowMs: number, times: GestureTimes): number | null {
  const due = dueMs(state, times);
  return due === null ? null : Math.max(0, due - nowMs);
}
