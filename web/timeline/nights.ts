/**
 * Nights: the dark stretches of a view. Pure.
 *
 * From sunset to sunrise where the house's place is known to this person (an owner set it for requests; it stays on
 * the doorbell and in this browser); else by the clock, from nine in the evening to six.
 */
import { dayStart, nextDayStart } from "../events/group.ts";
import type { Span } from "./stretches.ts";
import { sunOf } from "./sun.ts";
import { dayMs, endOf, startOf, type View } from "./view.ts";

export type HousePlace = { readonly lat: number; readonly lon: number } | null;

const duskHour = 21;
const dawnHour = 6;

export function nightsOf(view: View, place: HousePlace): Span[] {
  return place === null ? byClock(view) : bySun(view, place);
}

function bySun(view: View, place: NonNullable<HousePlace>): Span[] {
  const nights: Span[] = [];
  // what is dark before the sun rises and after it sets; noon to noon, so that neighbours meet
  for (let noon = startOf(view) - dayMs; noon < endOf(view) + dayMs; noon += dayMs) {
    const today = sunOf(noon, place);
    const tomorrow = sunOf(noon + dayMs, place);
    if (today === "day") continue;
    const startWallMs = today === "night" ? noon : today.setMs;
    if (tomorrow === "day") continue;
    const endWallMs = tomorrow === "night" ? noon + dayMs : tomorrow.riseMs;
    if (endWallMs > startWallMs) nights.push({ startWallMs, endWallMs });
  }
  return nights;
}

function byClock(view: View): Span[] {
  const nights: Span[] = [];
  for (let day = dayStart(startOf(view) - dayMs); day < endOf(view); day = nextDayStart(day)) {
    const next = nextDayStart(day);
    nights.push({ startWallMs: atHour(day, duskHour), endWallMs: atHour(next, dawnHour) });
  }
  return nights;
}

function atHour(day: number, hour: number): number {
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), hour).getTime();
}
