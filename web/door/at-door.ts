/**
 * AtDoor: who is at the door and has not rung, and the parcel that was left there. Pure.
 *
 * Notices and pages tell of events in any order and more than once. Those that can matter are kept, oldest first, and
 * what is so now is read off them: an event that is told again changes nothing that a newer one said.
 */
import type { Event } from "../../daemon/wire/api.ts";

export type Recent = readonly Event[];

export interface AtDoor {
  /** Whose event goes on, and who has not rung since it began. */
  readonly waiting: Event | null;
  /** What left the newest one, while nobody took it. */
  readonly parcel: Event | null;
}

const kept = 60;
/** For so long a parcel is news. */
export const newsMs = 12 * 3_600_000;

const byStart = (a: Event, b: Event): number => a.startWallMs - b.startWallMs || (a.id < b.id ? -1 : 1);

export function remember(recent: Recent, event: Event): Recent {
  const others = forget(recent, event.id);
  // what somebody's rules ignore is no news here either
  if (event.ignored || (event.kind !== "ring" && event.happenings.length === 0)) return others;
  return [...others, event].sort(byStart).slice(-kept);
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
  for (const event of recent) {
    if (event.kind === "ring") waiting = null;
    else if (isWaiting(event)) waiting = event;
    for (const happening of event.happenings) {
      if (happening === "parcel-taken") parcel = null;
      else if (happening === "parcel-left" && isParcel(event)) parcel = event;
    }
  }
  return { waiting, parcel: parcel !== null && nowMs - parcel.startWallMs < newsMs ? parcel : null };
}

function isWaiting({ state, happenings, corrected, mark }: Event): boolean {
  return (
    state === "open" &&
    happenings.includes("waiting") &&
    (corrected === null || corrected === "person") &&
    mark !== "false"
  );
}

/** Unless somebody said that it was nothing of the kind. */
function isParcel({ corrected, mark }: Event): boolean {
  return corrected !== "other" && corrected !== "animal" && mark !== "false";
}
