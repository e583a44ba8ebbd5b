/**
 * Propose: from which score on a label should count, by what somebody said of the past. Pure.
 *
 * Raised to part wrong words from right ones, lowered where it hides right ones. Each is worth the corrected events that it
 * mends less those that nobody judged and it changes too: they count as right where they stand. The best is proposed, of
 * equals the smallest change; never one that loses a confirmed event, and none on fewer than `leastCorrections`. Where the best mends
 * a single event nothing is proposed, rather than the next best: so one more correction never draws a proposal down.
 */
import { mostSure } from "../../sight/label-fusion.ts";
import type { Sample } from "./samples.ts";

/** Of one label, in one direction: with fewer it is chance. */
export const leastCorrections = 5;
/** A change that mends a single event is not worth one. */
const leastMended = 2;

export interface LabelChange {
  readonly way: "raise" | "lower";
  /** In hundredths. */
  readonly to: number;
  /** Corrected events that it would have mended. */
  readonly mends: number;
  /** Events that nobody judged, and that would have been called otherwise too. */
  readonly also: number;
}

export interface LabelCounts {
  /** Called so at the threshold in force. */
  readonly called: number;
  /** Of those, corrected to something else. */
  readonly wrong: number;
  /** Of those, confirmed: given this very label, or marked as worth telling. */
  readonly confirmed: number;
  /** Given this label by somebody, and hidden by the threshold in force. */
  readonly hidden: number;
}

export function countsOf(samples: readonly Sample[], from: number): LabelCounts {
  const called = samples.filter(({ upTo }) => upTo >= from);
  return {
    called: called.length,
    wrong: called.filter(({ judged }) => judged === "wrong").length,
    confirmed: called.filter(isConfirmed).length,
    hidden: samples.filter(({ upTo, judged }) => upTo < from && judged === "chosen").length,
  };
}

/** `from`: the threshold in force, in hundredths; 0 = none. Null = nothing is better than what is. */
export function proposeFor(samples: readonly Sample[], from: number): LabelChange | null {
  const [raise, lower] = [raised(samples, from), lowered(samples, from)];
  if (raise === null || lower === null) return raise ?? lower;
  return worthOf(lower) > worthOf(raise) ? lower : raise;
}

function raised(samples: readonly Sample[], from: number): LabelChange | null {
  const called = samples.filter(({ upTo }) => upTo >= from);
  const wrong = called.filter(({ judged }) => judged === "wrong");
  if (wrong.length < leastCorrections) return null;
  const cap = called.filter(isConfirmed).reduce((least, { upTo }) => Math.min(least, upTo), mostSure);
  const changes = ascending(wrong)
    .map((upTo) => upTo + 1)
    .filter((to) => to <= cap)
    .map((to): LabelChange => {
      const gone = called.filter(({ upTo }) => upTo < to);
      return { way: "raise", to, ...tally(gone, "wrong", ["open"]) };
    });
  return best(changes);
}

function lowered(samples: readonly Sample[], from: number): LabelChange | null {
  const hidden = samples.filter(({ upTo }) => upTo < from);
  const chosen = hidden.filter(({ judged }) => judged === "chosen");
  if (chosen.length < leastCorrections) return null;
  const changes = ascending(chosen)
    .toReversed()
    .filter((to) => to > 0)
    .map((to): LabelChange => {
      const come = hidden.filter(({ upTo }) => upTo >= to);
      return { way: "lower", to, ...tally(come, "chosen", ["wrong", "open", "kept", "moot"]) };
    });
  return best(changes);
}

function tally(
  changed: readonly Sample[],
  mended: Sample["judged"],
  others: readonly Sample["judged"][],
): Pick<LabelChange, "mends" | "also"> {
  return {
    mends: changed.filter(({ judged }) => judged === mended).length,
    also: changed.filter(({ judged }) => others.includes(judged)).length,
  };
}

/** Of equals the first, which is the smallest change. */
function best(changes: readonly LabelChange[]): LabelChange | null {
  const most = changes.reduce((top, each) => Math.max(top, worthOf(each)), 0);
  const first = changes.find((each) => worthOf(each) === most && most > 0);
  return first !== undefined && first.mends >= leastMended ? first : null;
}

function worthOf({ mends, also }: LabelChange): number {
  return mends - also;
}

function isConfirmed({ judged }: Sample): boolean {
  return judged === "chosen" || judged === "kept";
}

function ascending(samples: readonly Sample[]): number[] {
  return [...new Set(samples.map(({ upTo }) => upTo))].toSorted((a, b) => a - b);
}
