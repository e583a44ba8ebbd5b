/**
 * API of the timeline, as typed requests. Throws Faults as state/api.ts does.
 */
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import type { DeletedMany, Timeline, Watched } from "../../daemon/wire/api-timeline.ts";
import { mostDeleted, mostWeighed } from "../../daemon/wire/delete-limits.ts";
import { ask, sending } from "../state/api.ts";
import { unpack, type Piece } from "./moment.ts";

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Found extends Piece {
  readonly oldestWallMs: number | null;
}

const rangeOf = ({ fromMs, toMs }: Range): string => `from=${Math.round(fromMs)}&to=${Math.round(toMs)}`;

/** All of a time, page after page. */
export async function getTimeline({ fromMs, toMs }: Range): Promise<Found> {
  const pages: Piece[] = [];
  let [untilMs, oldestWallMs]: [number | null, number | null] = [toMs, null];
  while (untilMs !== null) {
    const answer = await ask(`/api/timeline?${rangeOf({ fromMs, toMs: untilMs })}`);
    const page = (await answer.json()) as Timeline;
    pages.unshift(unpack(page));
    oldestWallMs = page.oldestWallMs;
    untilMs = page.next;
  }
  return {
    moments: pages.flatMap(({ moments }) => moments),
    recordings: pages.flatMap(({ recordings }) => recordings),
    gaps: pages.flatMap(({ gaps }) => gaps),
    oldestWallMs,
  };
}

export async function getWatched(range: Range): Promise<Watched["people"]> {
  return ((await (await ask(`/api/timeline/watched?${rangeOf(range)}`)).json()) as Watched).people;
}

const mostPages = 40;

/** Everything that the ledger tells about a recording, newest first. */
export async function getAbout(clip: string, signal: AbortSignal): Promise<HistoryEntry[]> {
  const found: HistoryEntry[] = [];
  let before: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const search = new URLSearchParams({ clip, limit: "200", without: "send-intent" });
    if (before !== null) search.set("before", before);
    const answer = await ask(`/api/history?${search}`, { signal });
    const { entries, next } = (await answer.json()) as { entries: HistoryEntry[]; next: string | null };
    found.push(...entries);
    if (next === null) break;
    before = next;
  }
  return found;
}

/** What would go; in calls of as many as one takes. */
export async function weigh(ids: readonly string[]): Promise<DeletedMany> {
  return inCalls(ids, mostWeighed, async (part) => remove(part, true));
}

/** One call's worth. Repeating it is harmless. */
export async function removeSome(ids: readonly string[]): Promise<DeletedMany> {
  return remove(ids, false);
}

export const mostAtOnce = Math.min(50, mostDeleted);

async function remove(ids: readonly string[], dry: boolean): Promise<DeletedMany> {
  return (await (await ask("/api/events/delete", sending("POST", { ids, dry }))).json()) as DeletedMany;
}

async function inCalls(
  ids: readonly string[],
  most: number,
  call: (part: readonly string[]) => Promise<DeletedMany>,
): Promise<DeletedMany> {
  const sum = { events: 0, clips: 0, bytes: 0, kept: [] as DeletedMany["kept"] };
  for (let at = 0; at < ids.length; at += most) {
    const { events, clips, bytes, kept } = await call(ids.slice(at, at + most));
    sum.events += events;
    sum.clips += clips;
    sum.bytes += bytes;
    sum.kept.push(...kept);
  }
  return sum;
}
