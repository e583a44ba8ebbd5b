/**
 * Past: the events that were told, as the index has them, beside those of a preview.
 */
import type { JournalSpan } from "../sight/journal/records.ts";
import type { Event } from "../wire/api.ts";
import type { TrackEvent } from "./events.ts";
import { isCovered, type Tracks } from "./tracks.ts";

export type PastEvent = Pick<
  Event,
  "id" | "kind" | "startWallMs" | "endWallMs" | "score" | "zones" | "mark"
> &
  Partial<Pick<Event, "corrected">>;

/** What it was worth: as it was marked, else by what somebody says it was; null = nobody says. */
export function worthOf({ mark, corrected = null }: Pick<PastEvent, "mark" | "corrected">): Event["mark"] {
  if (mark !== null || corrected === null) return mark;
  return corrected === "other" ? "false" : "good";
}

/** The index has whole milliseconds of another process's clock, and the journal's clock is a little coarse. */
const toleranceMs = 250;

/** Oldest first: motion that the journal holds, so that both sides can be asked the same. */
export function pastIn(tracks: Tracks, past: readonly PastEvent[]): PastEvent[] {
  const { fromWallMs, toWallMs } = tracks.span;
  return past
    .filter((event) => event.kind === "motion" && isCovered(tracks, event.startWallMs))
    .filter((event) => endOf(event) >= fromWallMs && event.startWallMs <= toWallMs)
    .toSorted((a, b) => a.startWallMs - b.startWallMs);
}

export function spanOf(event: PastEvent): JournalSpan {
  return { fromWallMs: event.startWallMs - toleranceMs, toWallMs: endOf(event) + toleranceMs };
}

/** One that is still open has lasted at least till it began. */
export function endOf({ startWallMs, endWallMs }: PastEvent): number {
  return Math.max(startWallMs, endWallMs ?? startWallMs);
}

export interface Matches {
  /** Per event of the preview, those of then with which it shares time. */
  readonly ofPreview: readonly (readonly PastEvent[])[];
  /** Those of then that any of the preview shares time with. */
  readonly past: ReadonlySet<PastEvent>;
}

/** Both oldest first. */
export function matched(events: readonly TrackEvent[], then: readonly PastEvent[]): Matches {
  const past = new Set<PastEvent>();
  const longestMs = then.reduce((longest, each) => Math.max(longest, endOf(each) - each.startWallMs), 0);
  let from = 0;
  const ofPreview = events.map((event) => {
    const touched: PastEvent[] = [];
    while ((then[from]?.startWallMs ?? Infinity) + longestMs + toleranceMs < event.startWallMs) from += 1;
    for (let i = from; i < then.length; i += 1) {
      const each = then[i];
      if (each === undefined) break;
      const { fromWallMs, toWallMs } = spanOf(each);
      if (fromWallMs > event.endWallMs) break;
      if (toWallMs < event.startWallMs) continue;
      touched.push(each);
      past.add(each);
    }
    return touched;
  });
  return { ofPreview, past };
}
