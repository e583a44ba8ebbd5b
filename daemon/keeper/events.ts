/**
 * Events: what may become of one, as pure functions.
 *
 *   open ──► closed                    it ended as it should
 *     └────► interrupted ──► closed    whoever watched it went away; a late word of its end holds
 *
 * Nothing opens again, an end is never before its start (wall clocks step back), the score
 * is the peak and never falls, and the first clip stays. A function that changes nothing
 * answers the same object, so that the caller knows not to tell anybody.
 */
import type { Mark } from "../wire/api-calibration.ts";
import { seenByBoth, type Seer } from "../sight/fusion.ts";
import type { Event } from "../wire/api.ts";

export type Happening =
  | {
      readonly type: "ended";
      readonly endWallMs: number;
      readonly score: number;
      readonly zones: readonly string[];
      readonly seer?: Seer | undefined;
    }
  | { readonly type: "interrupted"; readonly endWallMs: number }
  | { readonly type: "clip"; readonly clip: string }
  | { readonly type: "thumbnail" }
  | { readonly type: "marked"; readonly mark: Mark | null };

/** A press closer than the cooldown to the last ring is counted, not rung. Intervals are monotonic. */
export function mayRing(lastRingMonoMs: number | null, pressMonoMs: number, cooldownMs: number): boolean {
  return lastRingMonoMs === null || pressMonoMs - lastRingMonoMs >= cooldownMs;
}

const opened = {
  state: "open",
  endWallMs: null,
  clip: null,
  thumbnail: false,
  mark: null,
  seer: null,
  woke: false,
} as const;

export function openRing(id: string, startWallMs: number): Event {
  return { ...opened, id, kind: "ring", startWallMs, score: 0, zones: [] };
}

export interface MotionSeen extends Pick<Event, "startWallMs" | "score" | "zones"> {
  readonly seer?: Seer | undefined;
  readonly woke?: boolean | undefined;
}

export function openMotion(id: string, seen: MotionSeen): Event {
  const { startWallMs, score, zones, seer = "picture", woke = false } = seen;
  return { ...opened, id, kind: "motion", startWallMs, score, zones, seer, woke };
}

export function apply(event: Event, happening: Happening): Event {
  switch (happening.type) {
    case "ended":
      if (event.state === "closed") return event;
      return {
        ...event,
        state: "closed",
        endWallMs: Math.max(event.startWallMs, happening.endWallMs),
        score: Math.max(event.score, happening.score),
        zones: [...new Set([...event.zones, ...happening.zones])],
        seer: seenBy(event.seer, happening.seer),
      };
    case "interrupted":
      if (event.state !== "open") return event;
      return { ...event, state: "interrupted", endWallMs: Math.max(event.startWallMs, happening.endWallMs) };
    case "clip":
      return event.clip === null ? { ...event, clip: happening.clip } : event;
    case "thumbnail":
      return event.clip === null || event.thumbnail ? event : { ...event, thumbnail: true };
    case "marked":
      return event.mark === happening.mark ? event : { ...event, mark: happening.mark };
  }
}

function seenBy(before: Seer | null, after: Seer | undefined): Seer | null {
  return before === null || after === undefined ? before : seenByBoth(before, after);
}
