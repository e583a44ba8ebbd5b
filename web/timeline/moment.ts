/**
 * Moment: an event as the timeline knows it, and a recording; unpacked from a dense page. Pure.
 */
import type { Gap, Timeline } from "../../daemon/wire/api-timeline.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { playableMs } from "../clip/plan.ts";

export type Moment = Omit<Event, "score" | "whatScores" | "said" | "pir">;

export interface Recording {
  readonly id: string;
  readonly startWallMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly thumbnail: boolean;
}

/** Oldest first. */
export interface Piece {
  readonly moments: readonly Moment[];
  readonly recordings: readonly Recording[];
  readonly gaps: readonly Gap[];
}

export function unpack({ from, sorts, events, clips, gaps }: Timeline): Piece {
  const moments: Moment[] = [];
  for (let at = events.id.length - 1; at >= 0; at -= 1) {
    const sort = sorts[events.sort[at] ?? -1];
    const id = events.id[at];
    if (sort === undefined || id === undefined) continue;
    const startWallMs = from + (events.at[at] ?? 0);
    const ms = events.ms[at] ?? null;
    moments.push({
      ...sort,
      id,
      startWallMs,
      endWallMs: ms === null ? null : startWallMs + ms,
      clip: events.clip[at] ?? null,
    });
  }
  const recordings: Recording[] = [];
  for (let at = clips.id.length - 1; at >= 0; at -= 1)
    recordings.push({
      id: clips.id[at] ?? "",
      startWallMs: from + (clips.at[at] ?? 0),
      durationMs: clips.ms[at] ?? 0,
      bytes: clips.bytes[at] ?? 0,
      thumbnail: clips.thumbnail[at] === 1,
    });
  return { moments, recordings, gaps };
}

/** As a notice tells one that grows. */
export function recordingOf(clip: Clip): Recording {
  const { id, startWallMs, bytes, thumbnail } = clip;
  return { id, startWallMs, durationMs: playableMs(clip), bytes, thumbnail };
}

export const recordingEndMs = ({ startWallMs, durationMs }: Recording): number => startWallMs + durationMs;
