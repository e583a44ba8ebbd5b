/**
 * Gap rows: times in which nothing could be seen or kept, read from the index.
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { gapSchema, type Gap } from "../../wire/api-timeline.ts";

export function gapOf(row: Record<string, SQLOutputValue>): Gap {
  return gapSchema.parse({
    id: row.id,
    reason: row.reason,
    startWallMs: row.start_wall_ms,
    endWallMs: row.end_wall_ms,
  });
}

export function openGaps(database: DatabaseSync): Gap[] {
  return database.prepare("SELECT * FROM gaps WHERE end_wall_ms IS NULL").all().map(gapOf);
}
