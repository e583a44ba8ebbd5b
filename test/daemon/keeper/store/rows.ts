/** Rows to put into an index: events, clips and what a commit of them looks like. */
import type { Event } from "../../../../daemon/wire/api.ts";
import type { Change } from "../../../../daemon/keeper/store/change.ts";

export const startWallMs = Date.UTC(2026, 0, 31, 23, 59);

export function event(id: string, changes: Partial<Event> = {}): Event {
  const base = { kind: "motion", state: "closed", score: 4.5, zones: ["path"], clip: null } as const;
  return {
    id,
    ...base,
    startWallMs,
    endWallMs: startWallMs + 1_000,
    ...changes,
    zones: changes.zones ?? ["path"],
    thumbnail: changes.thumbnail ?? false,
    mark: changes.mark ?? null,
    seer: changes.seer ?? null,
    woke: changes.woke ?? false,
    what: changes.what ?? [],
    whatScores: changes.whatScores ?? [],
    said: changes.said ?? [],
    pir: changes.pir ?? "unknown",
    happenings: changes.happenings ?? [],
    corrected: changes.corrected ?? null,
    ignored: changes.ignored ?? false,
    spared: changes.spared ?? null,
  };
}

export function eventChange(id: string, changes: Partial<Event> = {}): Change {
  return { type: "event", event: event(id, changes) };
}

export function clipChange(id: string, state: "recording" | "complete" = "recording"): Change {
  return { type: "clip", clip: { id, state, startWallMs, codec: "avc1.42c01f", width: 640, height: 480 } };
}
