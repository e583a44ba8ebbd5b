/**
 * WhatAt: what there is at a time: a recording, a reason why there is none, or nothing. Pure.
 */
import type { Gap } from "../../daemon/wire/api-timeline.ts";
import { kindWords } from "../events/what-of.ts";
import { words } from "../words.ts";
import { recordingEndMs, type Moment, type Recording } from "./moment.ts";
import { lastBy } from "./sorted.ts";
import type { Known } from "./state.ts";

export interface At {
  readonly recording: Recording | null;
  readonly gap: Gap | null;
  /** What the recording there is of, or what happens without one. */
  readonly moment: Moment | null;
}

export function whatAt({ moments, recordings, gaps }: Known, atMs: number): At {
  const last = lastBy(recordings, atMs);
  const recording = last !== null && recordingEndMs(last) > atMs ? last : null;
  const gap =
    gaps.findLast((each) => each.startWallMs <= atMs && (each.endWallMs ?? Infinity) > atMs) ?? null;
  return { recording, gap, moment: momentAt(moments, recording, atMs) };
}

/** A recording begins before what it is of: then it is the first of it that counts. */
function momentAt(moments: readonly Moment[], recording: Recording | null, atMs: number): Moment | null {
  const begun = lastBy(moments, atMs);
  if (recording === null) return begun !== null && (begun.endWallMs ?? Infinity) > atMs ? begun : null;
  if (begun !== null && begun.startWallMs >= recording.startWallMs) return begun;
  const next = lastBy(moments, recordingEndMs(recording));
  return moments.find(({ clip }) => clip === recording.id) ?? next;
}

/** For a slider that is read out, and over the picture. */
export function whatWords({ recording, gap, moment }: At): string {
  const { timeline: say } = words;
  const what = moment === null ? [] : [kindWords(moment)];
  if (recording !== null) return [...what, say.recorded].join(", ");
  if (gap !== null) return say.gaps[gap.reason];
  return [...what, say.empty].join(", ");
}
