/**
 * Snooze: nothing is told for a while, or until somebody ends it.
 *
 * It is over as soon as the wall clock says so, or when it has lasted as long as it was meant to by running time: a
 * clock that is set back does not keep a house silent, and one that leaps ahead ends it. `mostMs` is that length.
 */
import { z } from "zod";
import { instantsOf, localTime } from "./local-time.ts";

export const snoozeLengths = ["15m", "1h", "morning", "open"] as const;
export type SnoozeLength = (typeof snoozeLengths)[number];

export const snoozeSchema = z.strictObject({
  sinceWallMs: z.int().min(0),
  /** Null = until somebody ends it. */
  untilWallMs: z.int().min(0).nullable(),
  /** A ring is told all the same. */
  ringThrough: z.boolean(),
  /** Name of who began it; null = another system of the house. */
  by: z.string().max(60).nullable(),
});
export type Snooze = z.output<typeof snoozeSchema>;

const minuteMs = 60_000;
const morningMinute = 7 * 60;
/** Who goes to bed late means the morning that comes, who gets up early the next one. */
const nightMs = 3 * 60 * minuteMs;

/** When it ends; null = when somebody ends it. */
export function snoozeEnd(length: SnoozeLength, wallMs: number, timeZone: string): number | null {
  switch (length) {
    case "15m":
      return wallMs + 15 * minuteMs;
    case "1h":
      return wallMs + 60 * minuteMs;
    case "morning":
      return nextMorning(wallMs, timeZone);
    case "open":
      return null;
  }
}

/** How long it may last from now by running time; Infinity = it has no end, 0 = it is over. */
export function mostMs({ sinceWallMs, untilWallMs }: Snooze, wallMs: number): number {
  if (untilWallMs === null) return Infinity;
  return Math.max(0, Math.min(untilWallMs - wallMs, untilWallMs - sinceWallMs));
}

/** The first seven o'clock that is not within the next three hours. */
function nextMorning(wallMs: number, timeZone: string): number {
  const { year, month, day } = localTime(wallMs, timeZone);
  const mornings = [0, 1, 2].flatMap((ahead) =>
    instantsOf({ year, month, day: day + ahead }, morningMinute, timeZone),
  );
  return mornings.find((morning) => morning >= wallMs + nightMs) ?? wallMs + nightMs;
}
