/**
 * Group: events under the day, and within it the hour, in which they happened for the viewer.
 *
 * Hours are blocks that the list may leave out of the page while they are far from the window;
 * unlike blocks of so-many rows they do not shift when an event is added or an older page comes.
 * Days and hours are local: a day of 23 or 25 hours is one day.
 */
import type { Event } from "../../daemon/wire/api.ts";

export type Started = Pick<Event, "startWallMs">;

export interface HourBlock<E extends Started = Event> {
  /** Unique and lasting: start of the hour. */
  readonly key: number;
  readonly events: readonly E[];
}

export interface DayGroup<E extends Started = Event> {
  readonly startWallMs: number;
  readonly hours: readonly HourBlock<E>[];
  readonly count: number;
}

export function dayStart(wallMs: number): number {
  const date = new Date(wallMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function nextDayStart(dayStartMs: number): number {
  const date = new Date(dayStartMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

const hourMs = 3_600_000;

/** Events newest first, as the list keeps them. */
export function groupByDay<E extends Started>(events: readonly E[]): DayGroup<E>[] {
  const days: { startWallMs: number; hours: { key: number; events: E[] }[]; count: number }[] = [];
  let untilMs = 0;
  for (const event of events) {
    let day = days.at(-1);
    if (day === undefined || event.startWallMs < day.startWallMs || event.startWallMs >= untilMs) {
      day = { startWallMs: dayStart(event.startWallMs), hours: [], count: 0 };
      untilMs = nextDayStart(day.startWallMs);
      days.push(day);
    }
    const key = day.startWallMs + Math.floor((event.startWallMs - day.startWallMs) / hourMs) * hourMs;
    const hour = day.hours.at(-1);
    if (hour?.key === key) hour.events.push(event);
    else day.hours.push({ key, events: [event] });
    day.count += 1;
  }
  return days;
}
