/**
 * Rules: of what somebody wants to be told, where, and when not.
 *
 * The same shape serves a person and the house's channels (ntfy, webhook). What cannot be read counts as
 * `everything`: a doorbell that cannot tell its rules rather rings once too often.
 */
import { z } from "zod";
import { dayNames } from "./days.ts";
import { alertKinds, type AlertKind } from "./kinds.ts";
import { isTimeZone } from "./local-time.ts";

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "a time of day like 22:00");

export const quietWindowSchema = z.strictObject({
  /** Days on which it begins. */
  days: z.array(z.enum(dayNames)).min(1).max(7),
  from: timeOfDay,
  /** The first minute that is not quiet any more; not after `from` = on the next day. */
  to: timeOfDay,
});
export type QuietWindow = z.output<typeof quietWindowSchema>;

export const rulesSchema = z.strictObject({
  /** None = told of nothing. */
  kinds: z.array(z.enum(alertKinds)).max(alertKinds.length),
  /** Movement counts in these alone; none = everywhere. */
  zones: z.array(z.string().trim().min(1).max(40)).max(16),
  /** Of the quiet hours, e.g. Europe/Berlin. */
  timeZone: z.string().max(60).refine(isTimeZone, "a time zone like Europe/Berlin"),
  quiet: z.array(quietWindowSchema).max(8),
  /** A ring is told in quiet hours too. */
  ringThroughQuiet: z.boolean(),
  /** What was held in quiet hours, or while it was snoozed, is told as one message when they are over. */
  digestAfter: z.boolean(),
});
export type Rules = z.output<typeof rulesSchema>;

const always = { zones: [], quiet: [], ringThroughQuiet: true, digestAfter: true } as const;

/** For what people buy a doorbell; cars, animals and what nobody can tell keep silent until somebody wants them. */
const firstKinds: readonly AlertKind[] = ["ring", "person", "waiting", "parcel-left", "parcel-taken"];

/** What a person has who chose nothing yet. */
export function firstRules(timeZone: string): Rules {
  return { ...always, zones: [], quiet: [], kinds: [...firstKinds], timeZone };
}

/** For the house's channels, whose kinds the settings name; and when the kept rules are damaged. */
export function everything(timeZone: string): Rules {
  return { ...always, zones: [], quiet: [], kinds: [...alertKinds], timeZone };
}
