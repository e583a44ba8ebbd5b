/**
 * AtDoor: who is at the door and has not rung, and the parcel that was left there. Pure.
 *
 * Those events that can matter are kept, oldest first, and what is so now is read off them, in whatever order and
 * however often they are told. Of one event the last word counts, but what has ended does not go on again. An answer of
 * the doorbell is the truth of its stretch of time: what is not in it is gone.
 */
import type { Event, Notice } from "../../daemon/wire/api.ts";
import type { HappeningKind } from "../../daemon/wire/what.ts";
import { happeningsOf } from "../events/what-of.ts";

export type Recent = readonly Event[];

export interface AtDoor {
  /** Whose event goes on, who was seen there a moment ago, and has not rung since it began. */
  readonly waiting: Event | null;
  /** Since when: who waits longer than a recording is in the next event too. */
  readonly sinceWallMs: number;
  /** What left the newest one, while nobody took it. */
  readonly parcel: Event | null;
}

const kept = 200;
/** For so long a parcel is news. */
export const newsMs = 12 * 3_600_000;

/** The event that follows one that became too long begins within so long. */
const goesOnMs = 10_000;
const nobody = { sinceWallMs: 0, endWallMs: -Infinity };

const byStart = (a: Event, b: Event): number => a.startWallMs - b.startWallMs || (a.id < b.id ? -1 : 1);

export function remember(recent: Recent, event: Event): Recent {
  const before = recent.find(({ id }) => id === event.id);
  if (event.state === "open" && before !== undefined && before.state !== "open") return recent;
  const others = forget(recent, event.id);
  return matters(event) ? [...others, event].sort(byStart).slice(-kept) : others;
}

/** What somebody's rules ignore is no news here either. */
function matters({ ignored, kind, happenings }: Event): boolean {
  if (ignored) return false;
  return kind === "ring" || happenings.some((each) => each !== "crossed" && each !== "loitering");
}

/** All events of a time, as the doorbell answered; `sinceMs`: how far back they reach, null = to the first. */
export interface Stretch {
  readonly events: readonly Event[];
  readonly sinceMs: number | null;
}

/** `told`: meanwhile, and so it is newer than the answer. */
export function renew(recent: Recent, { events, sinceMs }: Stretch, told: readonly Notice[]): Recent {
  const older = recent.filter(({ startWallMs }) => sinceMs !== null && startWallMs < sinceMs);
  return told.reduce(hear, events.reduce(remember, older));
}

function hear(recent: Recent, notice: Notice): Recent {
  if (notice.type === "event") return remember(recent, notice.event);
  return notice.type === "event-deleted" ? forget(recent, notice.id) : recent;
}

export function forget(recent: Recent, id: string): Recent {
  return recent.some((event) => event.id === id) ? recent.filter((event) => event.id !== id) : recent;
}

/** The doorbell is away: that an event goes on is not known any more. */
export function lost(recent: Recent): Recent {
  return recent.filter(({ state }) => state !== "open");
}

export function atDoor(recent: Recent, nowMs: number): AtDoor {
  let [waiting, parcel]: [Event | null, Event | null] = [null, null];
  let stay = nobody;
  for (const event of recent) {
    if (isSo(event, "waiting")) {
      const goesOn = event.startWallMs - stay.endWallMs < goesOnMs;
      const sinceWallMs = goesOn ? stay.sinceWallMs : event.startWallMs;
      stay = { sinceWallMs, endWallMs: event.endWallMs ?? Infinity };
    }
    if (event.kind === "ring") [waiting, stay] = [null, nobody];
    else if (isWaiting(event)) waiting = event;
    for (const happening of event.happenings) {
      if (happening === "parcel-taken") parcel = null;
      else if (happening === "parcel-left" && isSo(event, happening)) parcel = event;
    }
  }
  return {
    waiting,
    sinceWallMs: stay.sinceWallMs,
    parcel: parcel !== null && nowMs - parcel.startWallMs < newsMs ? parcel : null,
  };
}

function isWaiting(event: Event): boolean {
  return event.state === "open" && event.gone !== true && isSo(event, "waiting");
}

/** Unless somebody said that it was nothing of the kind. */
function isSo(event: Event, happening: HappeningKind): boolean {
  return happeningsOf(event).includes(happening) && event.mark !== "false";
}
