/**
 * Format: times, lengths, sizes and shares as the viewer's locale writes them.
 *
 * The formatters are made once: building one costs more than a hundred uses.
 */
import { words } from "../words.ts";
import { capital } from "./capital.ts";

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const exactFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const oldDayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const longFormat = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});
const shortDayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const percentFormat = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const exactPercent = new Intl.NumberFormat(undefined, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const finePercent = new Intl.NumberFormat(undefined, { style: "percent", maximumSignificantDigits: 1 });

/**
 * A time written from right to left keeps its order inside our sentences (Unicode isolates), which
 * are written from left to right.
 */
export function isolated(text: string): string {
  return /[\u0590-\u08ff]/.test(text) ? `\u2068${text}\u2069` : text;
}

export const clockTime = (wallMs: number): string => isolated(timeFormat.format(wallMs));
/** With seconds. */
export const exactTime = (wallMs: number): string => isolated(exactFormat.format(wallMs));
export const moment = (wallMs: number): string => isolated(momentFormat.format(wallMs));
/** "20 November 2026" */
export const day = (wallMs: number): string => isolated(dateFormat.format(wallMs));
/** "Tue, 24 Nov" */
export const shortDay = (wallMs: number): string => isolated(shortDayFormat.format(wallMs));
/** "Tuesday 24 November, 14:00 – 16:30"; both days where there are two. */
export const span = (fromMs: number, toMs: number): string => isolated(longFormat.formatRange(fromMs, toMs));
/** "14:10" of the same day, else with its day. */
export function nearMoment(wallMs: number, nowMs: number): string {
  const sameDay = new Date(wallMs).toDateString() === new Date(nowMs).toDateString();
  return sameDay ? clockTime(wallMs) : isolated(longFormat.format(wallMs));
}
export const number = (value: number): string => plain.format(value);
export const seconds = (ms: number): string => isolated(oneDigit.format(ms / 1000));

/** A share of something; a little is never shown as nothing. */
export function percent(frac: number): string {
  return frac > 0 && frac < 0.005 ? finePercent.format(frac) : percentFormat.format(frac);
}

/** With one digit, for places in a picture. */
export const percentExact = (frac: number): string => exactPercent.format(frac);

/** "Today", "Yesterday", "Friday, 20 November", or a date with its year. */
export function dayTitle(dayStartMs: number, nowMs: number): string {
  const now = new Date(nowMs);
  const daysAgo = (days: number): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime();
  if (dayStartMs === daysAgo(0)) return words.dayNames.today;
  if (dayStartMs === daysAgo(1)) return words.dayNames.yesterday;
  return dayStartMs > daysAgo(300) ? dayFormat.format(dayStartMs) : oldDayFormat.format(dayStartMs);
}

/** "8 s", "1 min 20 s", "2 h 5 min", "3 days". */
export function duration(ms: number): string {
  const { units } = words;
  const total = Math.max(0, Math.round(ms / 1000));
  if (total < 60) return `${total} ${units.seconds}`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return withRest(`${minutes} ${units.minutes}`, total % 60, units.seconds);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return withRest(`${hours} ${units.hours}`, minutes % 60, units.minutes);
  return withRest(`${Math.floor(hours / 24)} ${units.days}`, hours % 24, units.hours);
}

function withRest(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`;
}

/** A round length such as a retention time: "24 h", "3 days". */
export function hoursLong(hours: number): string {
  return duration(hours * 3_600_000);
}

/** Position in a clip: "0:07", "12:30". */
export function position(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}

const sizes = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const sizeFormats = sizes.map(
  (unit) =>
    new Intl.NumberFormat(undefined, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }),
);

/** Decimal sizes, as disks are sold: "412 MB", "1.9 GB"; nothing is "0 MB". */
export function bytes(count: number): string {
  let value = Math.max(0, count);
  let step = value === 0 ? 2 : 0;
  while (value >= 999.95 && step < sizes.length - 1) {
    value /= 1000;
    step += 1;
  }
  return isolated(sizeFormats[step]?.format(value >= 99.95 ? Math.round(value) : value) ?? String(count));
}

/** A fault's message or hint, which begin small and end without a stop, as a sentence. */
export function sentence(text: string): string {
  const begun = capital(text);
  return /[.!?]$/u.test(begun) ? begun : `${begun}.`;
}
