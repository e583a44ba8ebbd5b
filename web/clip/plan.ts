/**
 * Plan: which fragment of a clip should be fetched next?
 *
 * Pure. The one under the playing position first, then those after it up to a bounded distance
 * ahead; a recording may grow while it is watched. Fragments before the position are left until
 * somebody seeks there. Times are from the clip's start.
 */
import type { Clip, Event } from "../../daemon/wire/api.ts";

export type Fragment = Clip["fragments"][number];

export interface PlanInput {
  readonly fragments: readonly Fragment[];
  readonly loaded: ReadonlySet<number>;
  readonly positionMs: number;
  /** How far ahead of the position to fetch. */
  readonly aheadMs: number;
}

/** Null: nothing is wanted now. */
export function nextFragment(input: PlanInput): Fragment | null {
  const { loaded, positionMs, aheadMs } = input;
  const wanted = input.fragments.find(
    (fragment) => fragment.startMs + fragment.durationMs > positionMs && !loaded.has(fragment.index),
  );
  if (wanted === undefined || wanted.startMs > positionMs + aheadMs) return null;
  return wanted;
}

/** Length of what can be played: the end of the last fragment, whatever the clip claims. */
export function playableMs(clip: Clip): number {
  return clip.fragments.reduce((end, fragment) => Math.max(end, fragment.startMs + fragment.durationMs), 0);
}

/** Where in the clip its event began, held inside the clip; 0 = no pre-roll. */
export function eventStartMs(clip: Clip, event: Event): number {
  return Math.min(Math.max(0, event.startWallMs - clip.startWallMs), playableMs(clip));
}

/** Playback begins this long before the event: a clip may hold several, minutes apart. */
const leadMs = 10_000;

/** Where playback begins: with the whole pre-roll where that is short. */
export function openAtMs(clip: Clip, event: Event): number {
  return Math.max(0, eventStartMs(clip, event) - leadMs);
}

export function isWhole(clip: Clip, loaded: ReadonlySet<number>): boolean {
  return clip.state !== "recording" && clip.fragments.every((fragment) => loaded.has(fragment.index));
}
