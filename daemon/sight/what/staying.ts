/**
 * Staying: who stays without ringing. At the door: `waiting`, after a few seconds. Anywhere: `loitering`, after long.
 *
 * Both are told once of a track, and only of a person who was seen a moment ago: a track that is only held is no proof
 * that anybody still stands there, and whoever waited is gone when he was seen no more. A press ends both for everybody who is there, and for two minutes for everybody: who
 * turned away and came back, or was lost for a moment, is another track and the same visitor.
 */
import type { Box } from "./box.ts";
import { isA, type Track } from "./track.ts";

export interface StayingRules {
  /** 0 = never told. */
  readonly loiterUs: number;
  /** 0 = never told. */
  readonly waitUs: number;
}

export interface Stay {
  /** Near the door since, but for moments; null = is not. */
  readonly nearSinceUs: number | null;
  readonly nearUs: number;
  /** When it was last seen at the door, moving or not. */
  readonly seenUs: number;
  readonly waiting: boolean;
  readonly loitering: boolean;
}

export const noStay: Stay = {
  nearSinceUs: null,
  nearUs: -Infinity,
  seenUs: -Infinity,
  waiting: false,
  loitering: false,
};

/** As tall as this part of the picture, and as far down: at the door (the doorbell hangs beside it). */
const near = { tall: 0.36, low: 0.72 } as const;
/** Not seen for longer, nobody is known to be there; nobody stands at a door without moving a hand for longer. */
const freshUs = 6_000_000;
/** A step back, or a hand that is all that moves, is no leaving. */
const breakUs = 3_000_000;
/** Who rang this long before the track began is who it is a track of. */
const rangBeforeUs = 10_000_000;
/** Whoever is seen so long after a press: somebody rang, and is expected. */
const expectedUs = 120_000_000;

export type Staying = "waiting" | "loitering";

export interface StayNow {
  readonly atUs: number;
  /** null = nobody rang. */
  readonly pressUs: number | null;
  readonly rules: StayingRules;
}

export function stayOf(stay: Stay, track: Track, { atUs, pressUs, rules }: StayNow): Stay {
  const seenUs = isAtDoor(track.box) ? track.lastUs : stay.seenUs;
  if (!isA(track, "person") || atUs - track.lastUs > freshUs) return { ...stay, seenUs, nearSinceUs: null };
  const rang = hasRung(track, { atUs, pressUs });
  const moves = atUs - track.movedUs <= freshUs;
  const nearUs = isAtDoor(track.box) && moves ? atUs : stay.nearUs;
  const nearSinceUs = atUs - nearUs <= breakUs ? (stay.nearSinceUs ?? atUs) : null;
  const longEnough = (sinceUs: number | null, us: number): boolean =>
    !rang && us > 0 && sinceUs !== null && atUs - sinceUs >= us;
  return {
    nearSinceUs,
    nearUs,
    seenUs,
    waiting: stay.waiting || longEnough(nearSinceUs, rules.waitUs),
    loitering: stay.loitering || longEnough(track.firstUs, rules.loiterUs),
  };
}

/** Who waited is still there. */
export function waitsAt({ waiting, seenUs }: Stay, atUs: number): boolean {
  return waiting && atUs - seenUs <= freshUs;
}

/** What is so now of a track that was found to stay: who rang or stepped away does not wait any more. */
export function staysAs(stay: Stay, track: Track, now: StayNow): Staying[] {
  const isThere = isA(track, "person") && now.atUs - track.lastUs <= freshUs;
  if (!isThere || hasRung(track, now)) return [];
  return [
    ...(waitsAt(stay, now.atUs) ? (["waiting"] as const) : []),
    ...(stay.loitering ? (["loitering"] as const) : []),
  ];
}

function hasRung({ firstUs }: Track, { atUs, pressUs }: Omit<StayNow, "rules">): boolean {
  return pressUs !== null && (pressUs >= firstUs - rangBeforeUs || atUs - pressUs <= expectedUs);
}

export function isAtDoor([, y, , h]: Box): boolean {
  return h >= near.tall && y + h >= near.low;
}
