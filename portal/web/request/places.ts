/**
 * Places in words: degrees with a hemisphere, some ten metres exact; days and hours as the viewer writes them.
 */
import type { Place } from "../../../daemon/consent/common.ts";
import { isolated } from "../../../web/look/format.ts";
import { words } from "../words.ts";

const degree = new Intl.NumberFormat(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const whenFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const longFormat = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const plainNumber = new Intl.NumberFormat(undefined);

/** "53.5511° N, 9.9937° E" */
export function placeText({ lat, lon }: Place): string {
  return words.place(
    `${degree.format(Math.abs(lat))}° ${lat < 0 ? "S" : "N"}`,
    `${degree.format(Math.abs(lon))}° ${lon < 0 ? "W" : "E"}`,
  );
}

export const dayText = (wallMs: number): string => isolated(dayFormat.format(wallMs));
/** Day and minute. */
export const whenText = (wallMs: number): string => isolated(whenFormat.format(wallMs));
/** "Tuesday 24 November 2026, 14:00 – 16:30"; both days where there are two. With the year: the log lasts. */
export const spanText = (fromMs: number, toMs: number): string =>
  isolated(longFormat.formatRange(fromMs, toMs));
export const countText = (count: number): string => plainNumber.format(count);
/** "250 m", "1.2 km" */
export function lengthText(metres: number): string {
  const km = metres >= 1_000;
  return `${plainNumber.format(km ? Math.round(metres / 100) / 10 : Math.round(metres))} ${km ? "km" : "m"}`;
}

/** "90 days", "1 day" */
export function daysText(days: number): string {
  return new Intl.NumberFormat(undefined, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
}
