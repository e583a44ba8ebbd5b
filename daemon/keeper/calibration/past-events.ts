/**
 * Past events: the motion events of a time, as the index has them. For the worker, on a connection of its
 * own: a week of them is more than a press should wait for.
 */
import type { Event } from "../../wire/api.ts";
import type { Reader } from "../store/reader.ts";

const pageEvents = 500;
/** The newest; some hundred a day, while recordings are kept for their longest. */
const mostEvents = 20_000;
/** An event that began earlier is over, whatever was recorded of it. */
const longestEventMs = 3 * 3_600_000;

export interface PastSpan {
  readonly fromWallMs: number;
  readonly toWallMs: number;
}

/** Oldest first. */
export function pastEvents(reader: Reader, { fromWallMs, toWallMs }: PastSpan): Event[] {
  const found: Event[] = [];
  let before = { startWallMs: toWallMs + 1, id: "" };
  while (found.length < mostEvents) {
    const page = reader.events({ before, limit: pageEvents, kind: "motion" });
    found.push(...page.filter(({ startWallMs }) => startWallMs >= fromWallMs - longestEventMs));
    const last = page.at(-1);
    if (last === undefined || page.length < pageEvents || last.startWallMs < fromWallMs - longestEventMs)
      break;
    before = { startWallMs: last.startWallMs, id: last.id };
  }
  return found.toReversed();
}
