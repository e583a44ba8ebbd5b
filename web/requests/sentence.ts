/**
 * Sentence: a request in plain words. Pure.
 *
 * There is no address in a request and no map here to find one: the place is told from the house.
 */
import type { Place } from "../../daemon/consent/common.ts";
import type { RequestCard } from "../../daemon/wire/api-consent.ts";
import { duration, span } from "../look/format.ts";
import { words } from "../words.ts";
import { compassOf, offsetM } from "./plan.ts";

const { requests: say } = words;

/** "Harbour Police asks everyone within 300 m of a point 120 m north-east of your house for ..." */
export function sentenceOf({ agency, request, distanceM }: RequestCard, house: Place | null): string {
  return say.asks({
    agency: agency.name,
    radius: metres(request.area.radiusM),
    point: pointOf(distanceM, house === null ? null : compassOf(offsetM(house, request.area))),
    window: span(request.window.from, request.window.to),
  });
}

/** `compass`: from the house; null = only the distance is known. */
function pointOf(distanceM: number, compass: number | null): string {
  if (distanceM < 5) return say.pointHere;
  return say.point(metres(distanceM), compass === null ? "" : (say.compass[compass] ?? ""));
}

/** Of the house seen from the middle of the area, for who cannot see the plan. */
export function planSentence({ request, distanceM }: RequestCard, house: Place | null): string {
  const side = house === null ? "" : (say.compass[compassOf(offsetM(request.area, house))] ?? "");
  return say.plan.label(metres(request.area.radiusM), metres(distanceM), side);
}

/** To the metre below 20 m, else to ten. */
export function metres(value: number): string {
  return say.metres(String(value < 20 ? Math.round(value) : Math.round(value / 10) * 10));
}

export function keepWords({ keepDays }: Pick<RequestCard["request"], "keepDays">): string {
  return keepDays === 0 ? say.promise.keepNone : say.promise.keep(keepDays);
}

export function onwardWords({ onwardSharing }: Pick<RequestCard["request"], "onwardSharing">): string {
  return onwardSharing.length === 0 ? say.promise.onwardNone : say.promise.onward(onwardSharing.join(", "));
}

/** "9 days", "5 h 20 min"; null = it is over. */
export function leftWords(expiresAt: number, nowMs: number): string | null {
  const leftMs = expiresAt - nowMs;
  if (leftMs <= 0) return null;
  const days = Math.floor(leftMs / 86_400_000);
  return days >= 2 ? say.days(days) : duration(Math.floor(leftMs / 60_000) * 60_000 || 60_000);
}
