/**
 * Privacy now: the camera's sight is closed, by whom and until when. What stands in privacy.json, and its rules. Pure.
 *
 * The end is counted in running time, so a wall clock that is set opens nothing. After another start of the machine
 * the running time says nothing: it stays closed until the keeper believes the wall clock and counts anew.
 *
 * Who opens must be as near as who closed: owner before member before broker (the house's other systems). Who is
 * farther may close for longer, and never shorten. With no such file and none ever seen it is open.
 */
import { z } from "zod";
import type { RunningTime } from "../../hal/running-time.ts";
import { closers, mayOpen, type Closer } from "./closers.ts";
import { faultSchema } from "./fault.ts";

export { closers, mayOpen, type Closer };

export const longestClosedMs = 7 * 24 * 3_600_000;
const mostNameChars = 200;

export const closureSchema = z.strictObject({
  by: z.enum(closers),
  /** Of the person; null = nobody in particular. */
  name: z.string().max(mostNameChars).nullable(),
  sinceWallMs: z.int().min(0),
  /** null = until somebody opens it. */
  until: z
    .strictObject({
      boot: z.string().max(40).nullable(),
      runningMs: z.number().min(0),
      wallMs: z.int().min(0),
    })
    .nullable(),
});
export type Closure = z.output<typeof closureSchema>;

export const privacyFileSchema = z.strictObject({ closure: closureSchema.nullable() });

export interface Asked {
  readonly by: Closer;
  readonly name: string | null;
  /** null = until somebody opens it. */
  readonly forMs: number | null;
}

export interface Now extends RunningTime {
  readonly wallMs: number;
}

export function isClosed(closure: Closure | null, now: RunningTime): boolean {
  return closure !== null && leftMs(closure, now) > 0;
}

/** Infinity = not by running time: until it is opened, or until the clock is believed. */
export function leftMs({ until }: Closure, { boot, ms }: RunningTime): number {
  if (until === null || boot === null || until.boot !== boot) return Infinity;
  return Math.max(0, until.runningMs - ms);
}

/** Counts on another start: only a believed wall clock can say how much is left. */
export function waitsForClock({ until }: Closure, { boot }: RunningTime): boolean {
  return until !== null && (boot === null || until.boot !== boot);
}

export function closedAnew(before: Closure | null, asked: Asked, now: Now): Closure {
  const { by, name, forMs } = asked;
  const sinceWallMs = Math.max(0, Math.round(now.wallMs));
  const until =
    forMs === null
      ? null
      : { boot: now.boot, runningMs: now.ms + forMs, wallMs: Math.max(0, Math.round(now.wallMs + forMs)) };
  if (before === null || !isClosed(before, now)) return { by, name, sinceWallMs, until };
  if (mayOpen(by, before)) return { by, name, sinceWallMs: before.sinceWallMs, until };
  // who is farther may only make it longer
  const isLonger = forMs === null || forMs > leftMs(before, now);
  return isLonger ? { ...before, until } : before;
}

/**
 * The same end, said for this start and for the wall clock as it is now set. `trusted`: the wall clock may be
 * believed; asked only after another start.
 */
export function countedAnew(closure: Closure, now: Now, trusted: boolean): Closure {
  const { until } = closure;
  if (until === null) return closure;
  if (waitsForClock(closure, now)) {
    if (!trusted || now.boot === null) return closure;
    const left = Math.min(longestClosedMs, Math.max(0, until.wallMs - now.wallMs));
    return { ...closure, until: { ...until, boot: now.boot, runningMs: now.ms + left } };
  }
  return {
    ...closure,
    until: { ...until, wallMs: Math.max(0, Math.round(now.wallMs + leftMs(closure, now))) },
  };
}

/** As pages see it. */
export const privacyStateSchema = z.object({
  closed: z.boolean(),
  /** Who closed it; null = it is open, or nobody knows. */
  by: z.enum(closers).nullable(),
  name: z.string().nullable(),
  sinceWallMs: z.int().nullable(),
  /** null = until somebody opens it. */
  untilWallMs: z.int().nullable(),
  /** The machine was started anew: it stays closed until the clock is believed. */
  waitsForClock: z.boolean(),
  /** It is not on the disk yet, or what was there cannot be read. */
  fault: faultSchema.optional(),
});
export type PrivacyState = z.output<typeof privacyStateSchema>;

export const privacyBodySchema = z.strictObject({
  closed: z.boolean(),
  /** null = until somebody opens it. Of closing only. */
  minutes: z
    .int()
    .min(1)
    .max(longestClosedMs / 60_000)
    .nullable()
    .default(null),
});
