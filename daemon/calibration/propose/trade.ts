/**
 * Trade: where not all false alarms can be silenced without losing a good event, which most of them can?
 *
 * Every good event is kept. Exact, by branch and bound: good events that do not fire yet are given to each
 * slot in turn; the more a slot must see, the fewer false alarms stay silent, so a branch that silences
 * fewer than the best is cut.
 */
import { leastOf, needsOf, type Marked } from "./marks.ts";
import type { Scheme } from "./scheme.ts";
import type { Effort } from "./effort.ts";
import type { Evidence } from "./evidence.ts";

/** Equally good choices that are looked at further. */
const mostChoices = 32;

/** The largest groups of false alarms that can be silent together; none when nothing can. */
export function largestSilent(
  { silence, keep }: Marked,
  scheme: Scheme,
  { effort, atLeast = 1 }: { readonly effort: Effort; readonly atLeast?: number },
): (readonly Evidence[])[] {
  const leasts = silence.map((evidence) => leastOf(evidence, scheme));
  const needs = keep.map((evidence) => needsOf(evidence, scheme)).toSorted((a, b) => a.length - b.length);
  const choices = new Map<string, Evidence[]>();
  const seen = new Set<string>();
  let most = Math.max(1, atLeast);

  const from = (values: readonly number[]): void => {
    const key = values.join();
    if (seen.has(key) || !effort.take()) return;
    seen.add(key);
    const silent = silence.filter((_, f) => leasts[f]?.every((least, s) => (values[s] ?? 0) < least));
    if (silent.length < most) return;
    const open = needs.find((ways) => !ways.some(({ slot, least }) => (values[slot] ?? 0) >= least));
    if (open === undefined) {
      if (silent.length > most) choices.clear();
      most = silent.length;
      if (choices.size < mostChoices) choices.set(silent.map(({ event }) => event.id).join(), silent);
      return;
    }
    for (const { slot, least } of open) {
      from(values.map((value, s) => (s === slot ? Math.max(value, least) : value)));
    }
  };
  from(Array.from({ length: scheme.slots }, () => 0));
  return [...choices.values()];
}
