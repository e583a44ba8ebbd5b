/**
 * Marks: what the marked events ask of each slot of a scheme.
 *
 * A level L in the time of an event fires from sensitivity 101 - L on (daemon/sight/levels.ts). A marked
 * false alarm is silent when no slot reaches that in any of its frames; a good one is kept when one does.
 */
import { neverLevel } from "../../sight/levels.ts";
import type { Evidence } from "./evidence.ts";
import type { Scheme } from "./scheme.ts";
import type { Need, Problem, Slot } from "./solve.ts";

export interface Marked {
  /** False alarms. */
  readonly silence: readonly Evidence[];
  /** Good events that something can see in these zones. */
  readonly keep: readonly Evidence[];
}

/** Per slot, the least sensitivity that sees the event; Infinity = none does. */
export function leastOf(evidence: Evidence, scheme: Scheme): number[] {
  const least = Array.from({ length: scheme.slots }, () => Infinity);
  for (const { when, levels } of evidence.parts) {
    levels.forEach((level, area) => {
      if (level === 0) return;
      const slot = scheme.slotAt(area, when);
      least[slot] = Math.min(least[slot] ?? Infinity, neverLevel - level);
    });
  }
  return least;
}

export function needsOf(evidence: Evidence, scheme: Scheme): Need[] {
  return leastOf(evidence, scheme).flatMap((least, slot) => (least === Infinity ? [] : [{ slot, least }]));
}

/** The highest values at which all of them are silent. */
function capsOf(silence: readonly Evidence[], scheme: Scheme): number[] {
  const caps = Array.from({ length: scheme.slots }, () => 100);
  for (const evidence of silence)
    leastOf(evidence, scheme).forEach((least, s) => (caps[s] = Math.min(caps[s] ?? 100, least - 1)));
  return caps;
}

export function problemOf({ silence, keep }: Marked, scheme: Scheme): Omit<Problem, "slots"> {
  const needs = keep.map((evidence) => needsOf(evidence, scheme));
  // who has the fewest ways decides first
  return { caps: capsOf(silence, scheme), needs: needs.toSorted((a, b) => a.length - b.length) };
}

export function fires(
  evidence: Evidence,
  scheme: Scheme,
  { slots, values }: { slots: readonly Slot[]; values: readonly (number | null)[] },
): boolean {
  return leastOf(evidence, scheme).some((least, s) => (values[s] ?? slots[s]?.free ?? 0) >= least);
}
