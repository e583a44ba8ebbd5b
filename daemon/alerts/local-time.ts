/**
 * Local time: what the clock on the wall shows in a named time zone, and when it shows something.
 *
 * On the day on which clocks go forward some times never come: then the instant at which the clock jumps over them
 * stands for them. On the day on which they go back some come twice. Zones are those of the platform's table (IANA).
 */

export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  /** Of the day, 0 to 1439. */
  readonly minute: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const mostFormats = 64;
const formats = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false; // RangeError: no such zone
  }
}

/** Of this machine. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function localTime(wallMs: number, timeZone: string): LocalTime {
  const shown = new Date(shownMs(wallMs, timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    weekday: shown.getUTCDay(),
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

export interface LocalDate {
  readonly year: number;
  readonly month: number;
  /** May lie past the month's end: that is the next month then. */
  readonly day: number;
}

/** When the clock shows this minute: once, twice, or, where it is jumped over, the instant of the jump. Ascending. */
export function instantsOf({ year, month, day }: LocalDate, minute: number, timeZone: string): number[] {
  const wanted = Date.UTC(year, month - 1, day) + minute * minuteMs;
  const offsets = [wanted - dayMs, wanted + dayMs].map((near) => shownMs(near, timeZone) - near);
  const instants = [...new Set(offsets.map((offset) => wanted - offset))].toSorted((a, b) => a - b);
  const shown = instants.filter((instant) => shownMs(instant, timeZone) === wanted);
  if (shown.length > 0) return shown;
  const [before = wanted, after = wanted] = instants;
  return [jumpBetween(before, after, timeZone)];
}

/** When clocks are changed within so many days, to the minute. Ascending. */
export function jumpsWithin(days: number, wallMs: number, timeZone: string): number[] {
  const offsetAt = (instant: number): number => shownMs(instant, timeZone) - instant;
  const start = Math.floor(wallMs / minuteMs) * minuteMs;
  return Array.from({ length: days }, (_, index) => start + index * dayMs).flatMap((day) =>
    offsetAt(day) === offsetAt(day + dayMs) ? [] : [jumpBetween(day, day + dayMs, timeZone)],
  );
}

/** "22:30" as a minute of the day. */
export function minuteOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The first instant, to the minute, at which the clock no longer shows what it showed before. */
function jumpBetween(before: number, after: number, timeZone: string): number {
  const offsetAt = (instant: number): number => shownMs(instant, timeZone) - instant;
  const old = offsetAt(before);
  let [low, high] = [before, after];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetAt(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** What the clock shows, to the second, as if it were UTC. */
function shownMs(wallMs: number, timeZone: string): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(wallMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formats.size >= mostFormats) formats.clear();
  formats.set(timeZone, format);
  return format;
}
