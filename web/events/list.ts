/**
 * List: the events the page knows, newest first, each once.
 *
 * Pure. Pages come from the API (newest page on every connection, older ones on demand), single
 * events from notices, in any order and more than once. `hidden` holds events that wait for
 * their deletion: out of sight, but one word brings them back. What rules ignore is known and not shown, unless asked for.
 */
import type { Event, EventKind } from "../../daemon/wire/api.ts";

export interface EventList {
  readonly filter: EventKind | null;
  readonly events: readonly Event[];
  /** Cursor of the next older page; null at the end. */
  readonly next: string | null;
  readonly phase: "loading" | "ready" | "failed";
  readonly hidden: ReadonlySet<string>;
  /** Those that rules ignore are shown too. */
  readonly withIgnored: boolean;
}

export interface Page {
  readonly events: readonly Event[];
  readonly next: string | null;
}

export const emptyList: EventList = {
  filter: null,
  events: [],
  next: null,
  phase: "loading",
  hidden: new Set(),
  withIgnored: false,
};

/** Newest first; ids break ties, so that the order is the same on every page. */
export function newerFirst(a: Event, b: Event): number {
  return b.startWallMs - a.startWallMs || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function insert(events: readonly Event[], event: Event): Event[] {
  const others = events.filter((other) => other.id !== event.id);
  const at = others.findIndex((other) => newerFirst(event, other) < 0);
  return at === -1 ? [...others, event] : others.toSpliced(at, 0, event);
}

/** A notice about one event: new, changed, or none of our business (filtered out, too old). */
export function applyEvent(list: EventList, event: Event): EventList {
  if (list.filter !== null && event.kind !== list.filter) return list;
  const known = list.events.findIndex((other) => other.id === event.id);
  const before = list.events[known];
  if (before !== undefined && before.startWallMs === event.startWallMs) {
    return { ...list, events: list.events.with(known, event) };
  }
  const last = list.events.at(-1);
  const beyond = last !== undefined && newerFirst(event, last) > 0;
  if (beyond && list.next !== null) return list; // its page has not been loaded
  return { ...list, events: insert(list.events, event) };
}

/** An older page, joined at the end. */
export function applyOlder(list: EventList, page: Page): EventList {
  const known = new Set(list.events.map((event) => event.id));
  const added = page.events.filter((event) => !known.has(event.id));
  const events = [...list.events, ...added];
  const [last, first] = [list.events.at(-1), added[0]];
  const inOrder = last === undefined || first === undefined || newerFirst(last, first) < 0;
  if (!inOrder) events.sort(newerFirst);
  return { ...list, events, next: page.next, phase: "ready" };
}

/** The newest page after a (re)connection: what it says about its stretch of time is the truth. */
export function applyNewest(list: EventList, page: Page): EventList {
  const oldest = page.events.at(-1);
  const older = oldest === undefined ? [] : list.events.filter((event) => newerFirst(oldest, event) < 0);
  const reaches = list.events.some((event) => page.events.some((other) => other.id === event.id));
  if (page.next === null || older.length === 0 || !reaches) {
    return { ...list, events: page.events, next: page.next, phase: "ready" };
  }
  return { ...list, events: [...page.events, ...older], phase: "ready" };
}

export function removeEvent(list: EventList, id: string): EventList {
  const events = list.events.filter((event) => event.id !== id);
  const hidden = new Set(list.hidden);
  hidden.delete(id);
  return { ...list, events, hidden };
}

export function hideEvent(list: EventList, id: string, hide: boolean): EventList {
  const hidden = new Set(list.hidden);
  if (hide) hidden.add(id);
  else hidden.delete(id);
  return { ...list, hidden };
}

/** Another mark on an event that the page knows. */
export function markEvent(list: EventList, id: string, mark: Event["mark"]): EventList {
  return { ...list, events: list.events.map((event) => (event.id === id ? { ...event, mark } : event)) };
}

/** Another word of somebody's on what moved in an event that the page knows. */
export function correctEvent(list: EventList, id: string, corrected: Event["corrected"]): EventList {
  return { ...list, events: list.events.map((event) => (event.id === id ? { ...event, corrected } : event)) };
}

export function shownEvents(list: EventList): readonly Event[] {
  return list.events.filter(({ id, ignored }) => !list.hidden.has(id) && (list.withIgnored || !ignored));
}

/** All is known and nothing of it is there, not even hidden by a rule. */
export function nothingHappened(list: EventList): boolean {
  const { phase, next, events, hidden } = list;
  return phase === "ready" && next === null && events.every(({ id }) => hidden.has(id));
}

/** Of those that the page knows. */
export function countIgnored(list: EventList): number {
  return list.events.filter(({ id, ignored }) => ignored && !list.hidden.has(id)).length;
}
