/**
 * Feed status: how it stands with the public log, for the owners, in one word and where needed a sentence. Pure.
 *
 * A portal that keeps new entries back shows an old log for ever, which looks like a quiet one: a log that has not
 * grown for two weeks is said to fail, in words that leave both open.
 */
import { Fault } from "../../../../hal/fault.ts";
import type { Requests } from "../../../wire/api-consent.ts";
import { wireFault } from "../../wire-fault.ts";
import type { Alarm } from "./feed-store.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const quietMs = 14 * dayMs;

export interface FeedFacts {
  readonly portal: { readonly url: string; readonly pollMinutes: number };
  readonly size: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly checkedWallMs: number | null;
  readonly grownWallMs: number | null;
  readonly alarm: Alarm | null;
  /** Of the last round. */
  readonly fault: Fault | null;
  /** Null = the clock is not trusted. */
  readonly nowMs: number | null;
}

export function feedStatus(facts: FeedFacts): Requests["feed"] {
  const { portal, size, counts, checkedWallMs, alarm } = facts;
  const known = { portal: portal.url, checkedWallMs, size, counts: { ...counts } };
  if (portal.url === "") return { ...known, state: "off" };
  if (alarm !== null) return { ...known, state: "alarm", fault: alarm.fault };
  const fault = facts.fault ?? lateFault(facts) ?? quietFault(facts);
  if (fault !== null) return { ...known, state: "failing", fault: wireFault(fault) };
  return { ...known, state: checkedWallMs === null ? "waiting" : "current" };
}

/** More than a day, or four rounds. */
function lateFault({ portal, checkedWallMs, nowMs }: FeedFacts): Fault | null {
  const lateMs = Math.max(dayMs, 4 * portal.pollMinutes * minuteMs);
  if (checkedWallMs === null || nowMs === null || nowMs - checkedWallMs < lateMs) return null;
  const hours = Math.floor((nowMs - checkedWallMs) / hourMs);
  return new Fault("timeout", `the public log was not fetched for ${hours} hours`, {
    hint: "check the doorbell's way to the internet; requests published meanwhile are not lost",
  });
}

function quietFault({ grownWallMs, nowMs }: FeedFacts): Fault | null {
  if (grownWallMs === null || nowMs === null || nowMs - grownWallMs < quietMs) return null;
  const days = Math.floor((nowMs - grownWallMs) / dayMs);
  return new Fault("unavailable", `the public log has not grown for ${days} days`, {
    hint: "either nobody asked, or the portal keeps new requests back; compare with the portal's public page",
  });
}
