/**
 * Timeline: what the index knows of a stretch of time, in columns, with as little in them as a picture of it needs.
 *
 * A page goes back from `to` until it has `limit` events or recordings; where it had to stop is its `from`, so
 * that pages lie side by side and a recording stands in exactly one. The cost of a page does not depend on how
 * far back it is.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Gap } from "../../wire/api-timeline.ts";
import type { Event } from "../../wire/api.ts";
import { gapOf } from "./gap-rows.ts";
import { withSqlite } from "./sqlite-faults.ts";
import { ClipColumns, EventColumns, type ClipRow, type Columns, type EventRow } from "./timeline-columns.ts";

export interface TimelineRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Of events, and of clips. */
  readonly limit: number;
}

export interface TimelinePage {
  readonly from: number;
  readonly to: number;
  readonly next: number | null;
  readonly oldestWallMs: number | null;
  readonly events: EventColumns;
  readonly clips: ClipColumns;
  readonly gaps: readonly Gap[];
}

const mostGaps = 1_000;

export class TimelineReader {
  readonly #events: StatementSync;
  readonly #clips: StatementSync;
  readonly #gaps: StatementSync;
  readonly #oldest: StatementSync;

  constructor(database: DatabaseSync) {
    // rows as arrays: as objects they are several times as large
    this.#events = database.prepare(`
      SELECT id, start_wall_ms, end_wall_ms - start_wall_ms, clip,
        json_array(kind, state, json(zones), seer, woke, mark,
          EXISTS (SELECT 1 FROM clips WHERE clips.id = events.clip AND thumbnail = 1 AND deleting = 0),
          json(what), json(happenings), corrected, ignored, spared)
      FROM events WHERE start_wall_ms >= ? AND start_wall_ms < ? ORDER BY start_wall_ms DESC, id DESC LIMIT ?`);
    this.#events.setReturnArrays(true);
    this.#clips = database.prepare(`
      SELECT id, start_wall_ms, duration_ms, bytes, thumbnail
      FROM clips INDEXED BY clips_by_start WHERE deleting = 0 AND start_wall_ms >= ? AND start_wall_ms < ?
      ORDER BY start_wall_ms DESC LIMIT ?`);
    this.#clips.setReturnArrays(true);
    this.#gaps = database.prepare(`
      SELECT * FROM gaps WHERE start_wall_ms < ? AND coalesce(end_wall_ms, ?1) > ? ORDER BY start_wall_ms DESC LIMIT ?`);
    this.#oldest = database.prepare(`
      SELECT min(at) AS at FROM (SELECT min(start_wall_ms) AS at FROM events UNION ALL
        SELECT min(start_wall_ms) FROM clips UNION ALL SELECT min(start_wall_ms) FROM gaps)`);
  }

  page({ from, to, limit }: TimelineRange): TimelinePage {
    return withSqlite(() => {
      const events = new EventColumns();
      const eventsFrom = fill(events, this.#events, { from, to, limit });
      const clips = new ClipColumns();
      const start = fill(clips, this.#clips, { from: eventsFrom, to, limit });
      events.endAt(start);
      const oldest = this.#oldest.get()?.at ?? null;
      return {
        from: start,
        to,
        next: start > from ? start : null,
        oldestWallMs: oldest === null ? null : Number(oldest),
        events,
        clips,
        gaps: this.#gaps.all(to, start, mostGaps).map(gapOf),
      };
    });
  }
}

/**
 * Newest first, whole milliseconds only: a page that ends within one would lose what shares it. Row by row, so that
 * no more than one is held. Returns where the page begins.
 */
function fill<Row extends EventRow | ClipRow>(
  columns: Columns<Row>,
  statement: StatementSync,
  { from, to, limit }: TimelineRange,
): number {
  const rows = (since: number, most: number): Iterable<Row> =>
    statement.iterate(since, to, most) as unknown as Iterable<Row>;
  let overMs: number | null = null;
  for (const row of rows(from, limit + 1)) {
    if (columns.id.length === limit) overMs = row[1];
    else columns.push(row);
  }
  if (overMs === null) return from;
  columns.endAt(overMs + 1);
  if (columns.id.length > 0) return overMs + 1;
  for (const row of rows(overMs, -1)) columns.push(row);
  return overMs;
}

/** With events over it that no row shows yet. */
export function laidOver(page: TimelinePage, unsaved: readonly Event[]): TimelinePage {
  for (const event of unsaved)
    if (event.startWallMs >= page.from && event.startWallMs < page.to) page.events.layOver(event);
  return page;
}
