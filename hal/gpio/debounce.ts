/**
 * Debounce: one change of level out of a burst of edges.
 *
 * The same rule as the kernel's, for lines where the kernel does not offer it: a new level counts
 * once it has been steady for `periodMs`. It is reported with the time of the first edge of its
 * burst, which is when the finger moved. A level held for less than the period is no change.
 *
 * Pure. Time goes by the edges' own stamps, so edges that are read late, in one batch, give the
 * same result as edges read at once. The caller feeds edges in order and asks again after `waitMs`.
 */
export interface Edge {
  readonly active: boolean;
  readonly atMs: number;
}

export interface DebounceState {
  /** The level last reported. */
  readonly active: boolean;
  /** The level under way, while it differs; `firstMs` and `lastMs` are its burst's ends. */
  readonly burst: { readonly active: boolean; readonly firstMs: number; readonly lastMs: number } | null;
}

export interface DebounceStep {
  readonly state: DebounceState;
  /** The change that became certain, if one did. */
  readonly change: Edge | null;
}

export function startDebounce(active: boolean): DebounceState {
  return { active, burst: null };
}

/** Time went by up to `nowMs` without another edge. */
export function settle(state: DebounceState, nowMs: number, periodMs: number): DebounceStep {
  const { burst } = state;
  if (burst === null || nowMs < burst.lastMs + periodMs) return { state, change: null };
  const settled: DebounceState = { active: burst.active, burst: null };
  if (burst.active === state.active) return { state: settled, change: null };
  return { state: settled, change: { active: burst.active, atMs: burst.firstMs } };
}

/** One edge came. A change that was already certain before it is reported now. */
export function bounce(state: DebounceState, edge: Edge, periodMs: number): DebounceStep {
  const { state: before, change } = settle(state, edge.atMs, periodMs);
  const firstMs = before.burst?.firstMs ?? edge.atMs;
  return {
    state: { active: before.active, burst: { active: edge.active, firstMs, lastMs: edge.atMs } },
    change,
  };
}

/** How long to wait before `settle` can say more; null when nothing is under way. */
export function waitMs(state: DebounceState, nowMs: number, periodMs: number): number | null {
  return state.burst === null ? null : Math.max(0, state.burst.lastMs + periodMs - nowMs);
}
