/**
 * Sort: which requests ask for an answer now, and which are over. Pure.
 *
 * What was refused a moment ago, on this page, keeps its place in the list: nothing jumps under a finger.
 */
import type { RequestCard } from "../../daemon/wire/api-consent.ts";

export interface Sorted {
  readonly open: readonly RequestCard[];
  readonly past: readonly RequestCard[];
}

export function sorted(requests: readonly RequestCard[], refusedHere: ReadonlySet<string>): Sorted {
  const isOpen = ({ hash, state }: RequestCard): boolean =>
    state === "shown" || state === "drafting" || (state === "refused" && refusedHere.has(hash));
  return { open: requests.filter(isOpen), past: requests.filter((card) => !isOpen(card)) };
}

/** Reasons why entries were not shown, most frequent first. */
export function countsOf(
  counts: Readonly<Record<string, number>>,
): (readonly [code: string, count: number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
