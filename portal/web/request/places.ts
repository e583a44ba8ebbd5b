/**
 * Places in words: degrees with a hemisphere, some ten metres exact; days and hours as the viewer writes them.
 */
import type { Place } from "../../../daemon/consent/common.ts";
import { isolated } from "../../../web/look/format.ts";
import { words } from "../words.ts";

const degree = new Intl.NumberFormat(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const whenFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
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
