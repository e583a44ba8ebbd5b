/**
 * Wire: what a press of a broken button looks like on the wire, and what becomes of it after debounce. Pure.
 *
 * `button-bounces` is worn: it breaks again and again for 60 ms, with pauses longer than the usual debounce, so
 * that one finger makes several presses. Wired the other way round it bounces for 2 ms and is active at rest, so
 * its press is told when it is let go. What a sound one does: ../wire.ts.
 */
import { bounce, settle, startDebounce, type DebounceState, type Edge } from "../../gpio/debounce.ts";
import type { SimFault } from "./list.ts";

const soundMs = [0, 0.5, 0.9, 1.6, 2];
const wornMs = [0, 0.7, 1.2, 22, 48, 54, 60];
const heldMs = 140;
const releaseMs = [0, 0.4, 0.8];

/** Level of the wire when nobody presses. */
export function restingLevel(fault: SimFault): boolean {
  return fault === "button-inverted" || fault === "button-stuck";
}

/** Edges of one press from its first contact on, alternating from the resting level. */
export function pressEdges(fault: SimFault): Edge[] {
  if (fault === "button-stuck") return [];
  const down = fault === "button-bounces" ? wornMs : soundMs;
  const times = [...down, ...releaseMs.map((ms) => heldMs + ms)];
  const rest = restingLevel(fault);
  return times.map((atMs, i) => ({ atMs, active: i % 2 === 0 ? !rest : rest }));
}

export interface Told {
  /** When the press began, and when it is certain; from the first contact. */
  readonly pressMs: number;
  readonly certainMs: number;
}

/** The presses that debounce makes of it. */
export function pressesOf(fault: SimFault, debounceMs: number): Told[] {
  const told: Told[] = [];
  const note = (change: Edge | null, certainMs: number): void => {
    if (change?.active === true) told.push({ pressMs: change.atMs, certainMs });
  };
  let state: DebounceState = startDebounce(restingLevel(fault));
  for (const edge of pressEdges(fault)) {
    const before = state.burst?.lastMs ?? 0;
    const step = bounce(state, edge, debounceMs);
    note(step.change, before + debounceMs);
    state = step.state;
  }
  const end = (state.burst?.lastMs ?? 0) + debounceMs;
  note(settle(state, end, debounceMs).change, end);
  return told;
}
