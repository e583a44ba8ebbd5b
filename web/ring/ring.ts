/**
 * Ring: is somebody at the door right now, as far as this page should shout about it?
 *
 * Pure. A ring is shown until it is dismissed or two minutes old; another ring while one is shown
 * takes its place and raises the count. A ring older than that (seen in a page of events after a
 * reconnection) is history and only in the list.
 */
import type { Event } from "../../daemon/wire/api.ts";

export interface Ringing {
  readonly event: Event;
  /** Rings since the banner appeared. */
  readonly count: number;
}

export const ringShownMs = 120_000;

/** `nowMs` by the doorbell's clock, like the event's own time. */
export function isCurrent(event: Event, nowMs: number): boolean {
  return event.kind === "ring" && nowMs - event.startWallMs < ringShownMs;
}

export function ringOf(before: Ringing | null, event: Event, nowMs: number): Ringing | null {
  if (!isCurrent(event, nowMs)) return before;
  if (before === null) return { event, count: 1 };
  if (before.event.id === event.id) return { ...before, event };
  if (before.event.startWallMs > event.startWallMs) return before;
  return { event, count: before.count + 1 };
}

export function expired(ringing: Ringing | null, nowMs: number): boolean {
  return ringing !== null && !isCurrent(ringing.event, nowMs);
}
