/** An index full of events with a recording each, as a commit would leave it. */
import type { DatabaseSync } from "node:sqlite";

import type { Event } from "../../../../daemon/wire/api.ts";
import { Writer } from "../../../../daemon/keeper/store/writer.ts";
import { event } from "./rows.ts";

export interface Rows {
  readonly count: number;
  readonly fromWallMs: number;
  readonly everyMs: number;
}

export const eventId = (index: number): string => `event-${String(index).padStart(6, "0")}`;
export const clipId = (index: number): string => `clip-${String(index).padStart(6, "0")}`;

/** The n-th, every seventh a ring, every third at the gate too. */
export function eventAt(index: number, startWallMs: number): Event {
  return event(eventId(index), {
    kind: index % 7 === 0 ? "ring" : "motion",
    startWallMs,
    endWallMs: startWallMs + 8_000,
    zones: index % 3 === 0 ? ["path", "gate"] : ["path"],
    clip: clipId(index),
  });
}

export function fill(database: DatabaseSync, { count, fromWallMs, everyMs }: Rows): void {
  const writer = new Writer(database);
  writer.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const startWallMs = fromWallMs + Math.floor(index * everyMs);
      const clip = { codec: "avc1.42c01f", width: 640, height: 360, state: "complete" } as const;
      writer.clips.head({ ...clip, id: clipId(index), startWallMs: startWallMs - 3_000 });
      writer.event(eventAt(index, startWallMs));
      writer.clips.fragment(clipId(index), {
        index: 0,
        startMs: 0,
        durationMs: 10_000,
        bytes: 1_000,
        sha256: "00".repeat(32),
      });
    }
  });
}
