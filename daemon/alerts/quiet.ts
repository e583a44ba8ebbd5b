/**
 * Quiet hours: is it quiet now, and until when?
 *
 * By what the clock on the wall shows: a window that the clock jumps over does not come that day, and one that it
 * shows twice is quiet twice. A window that ends at or before its beginning ends on the next day, which is the next
 * by the calendar, however many hours the night has.
 */
import { instantsOf, jumpsWithin, localTime, minuteOf } from "./local-time.ts";
import { dayNames } from "./days.ts";
import type { QuietWindow, Rules } from "./rules.ts";

type Hours = Pick<Rules, "quiet" | "timeZone">;

const daysAWeek = 7;

export function isQuiet({ quiet, timeZone }: Hours, wallMs: number): boolean {
  if (quiet.length === 0) return false;
  const { weekday, minute } = localTime(wallMs, timeZone);
  return quiet.some((window) => covers(window, weekday, minute));
}

/** The first instant that is not quiet any more; `wallMs` itself when it is not quiet, null = it is always quiet. */
export function quietUntil({ quiet, timeZone }: Hours, wallMs: number): number | null {
  if (!isQuiet({ quiet, timeZone }, wallMs)) return wallMs;
  const { year, month, day } = localTime(wallMs, timeZone);
  const ends = jumpsWithin(daysAWeek + 1, wallMs, timeZone);
  for (let ahead = 0; ahead <= daysAWeek + 1; ahead += 1)
    for (const { to } of quiet)
      ends.push(...instantsOf({ year, month, day: day + ahead }, minuteOf(to), timeZone));
  const end = ends
    .filter((each) => each > wallMs)
    .toSorted((a, b) => a - b)
    .find((each) => !isQuiet({ quiet, timeZone }, each));
  return end ?? null;
}

function covers({ days, from, to }: QuietWindow, weekday: number, minute: number): boolean {
  const begins = (day: number): boolean => days.some((name) => dayNames[day] === name);
  const [first, end] = [minuteOf(from), minuteOf(to)];
  if (first < end) return begins(weekday) && minute >= first && minute < end;
  const yesterday = (weekday + daysAWeek - 1) % daysAWeek;
  return (begins(weekday) && minute >= first) || (begins(yesterday) && minute < end);
}
