/** Events to test the timeline with. */
import type { Moment, Recording } from "../../../web/timeline/moment.ts";

export const noonMs = Date.UTC(2026, 0, 31, 12);

export function momentAt(id: string, startWallMs: number, changes: Partial<Moment> = {}): Moment {
  return {
    id,
    kind: "motion",
    state: "closed",
    startWallMs,
    endWallMs: startWallMs + 4_000,
    zones: ["path"],
    seer: "picture",
    woke: false,
    what: [],
    happenings: [],
    corrected: null,
    ignored: false,
    spared: null,
    clip: null,
    thumbnail: false,
    mark: null,
    ...changes,
  };
}

export function recordingAt(id: string, startWallMs: number): Recording {
  return { id, startWallMs, durationMs: 6_000, bytes: 1_000, thumbnail: true };
}
