/**
 * LoadRecent: all events of the hours in which a parcel is news, whatever the list beside is filtered for.
 */
import { newsMs, type Stretch } from "../door/at-door.ts";
import { getEvents } from "./api.ts";

const perPage = 200;
/** More is no house; its oldest hours are left out. */
const mostPages = 10;

/** Throws the Faults of a request. */
export async function loadRecent(nowMs: number): Promise<Stretch> {
  const events: Stretch["events"][number][] = [];
  let before: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await getEvents({ before, kind: null, limit: perPage });
    events.push(...answer.events);
    before = answer.next;
    if (before === null) return { events, sinceMs: null };
    if ((events.at(-1)?.startWallMs ?? 0) < nowMs - newsMs) break;
  }
  return { events, sinceMs: events.at(-1)?.startWallMs ?? null };
}
