/**
 * Timeline: what the index knows of a stretch of time, as rows with as little in them as a picture of it needs.
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

export interface TimelineRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Of events, and of clips. */
  readonly limit: number;
}

export interface TimelineEvent {
  readonly id: string;
  readonly startWallMs: number;
  readonly endWallMs: number | null;
  readonly clip: string | null;
  /** What else there is to it (`sortOf`), as text: the same for all that are alike. */
  readonly sort: string;
}

export interface TimelineClip {
  readonly id: string;
  readonly startWallMs: number;
  readonly durationMs: number;
  readonly bytes: number;
  /** 1 = there is one. */
  readonly thumbnail: number;
}

export interface TimelinePage {
  readonly from: number;
  readonly to: number;
  readonly next: number | null;
  readonly oldestWallMs: number | null;
  readonly events: readonly TimelineEvent[];
  readonly clips: readonly TimelineClip[];
  readonly gaps: readonly Gap[];
}

const mostGaps = 1_000;

/** As SQLite's json_array writes it. */
export function sortOf({ kind, state, zones, seer, woke, mark, thumbnail }: Omit<Event, "score">): string {
  return JSON.stringify([kind, state, zones, seer, Number(woke), mark, Number(thumbnail)]);
}

export class TimelineReader {
  readonly #events: StatementSync;
  readonly #clips: StatementSync;
  readonly #gaps: StatementSync;
  readonly #oldest: StatementSync;

  constructor(database: DatabaseSync) {
    this.#events = database.prepare(`
      SELECT id, start_wall_ms AS startWallMs, end_wall_ms AS endWallMs, clip,
        json_array(kind, state, json(zones), seer, woke, mark,
          EXISTS (SELECT 1 FROM clips WHERE clips.id = events.clip AND thumbnail = 1 AND deleting = 0)) AS sort
      FROM events WHERE start_wall_ms >= ? AND start_wall_ms < ? ORDER BY start_wall_ms DESC, id DESC LIMIT ?`);
    this.#clips = database.prepare(`
      SELECT id, start_wall_ms AS startWallMs, duration_ms AS durationMs, bytes, thumbnail
      FROM clips INDEXED BY clips_by_start WHERE deleting = 0 AND start_wall_ms >= ? AND start_wall_ms < ?
      ORDER BY start_wall_ms DESC LIMIT ?`);
    this.#gaps = database.prepare(`
      SELECT * FROM gaps WHERE start_wall_ms < ? AND coalesce(end_wall_ms, ?1) > ? ORDER BY start_wall_ms DESC LIMIT ?`);
    this.#oldest = database.prepare(`
      SELECT min(at) AS at FROM (SELECT min(start_wall_ms) AS at FROM events UNION ALL
        SELECT min(start_wall_ms) FROM clips UNION ALL SELECT min(start_wall_ms) FROM gaps)`);
  }

  page({ from, to, limit }: TimelineRange): TimelinePage {
    return withSqlite(() => {
      const events = cut(this.#events, { from, to, limit }) as Cut<TimelineEvent>;
      const clips = cut(this.#clips, { from: events.from, to, limit }) as Cut<TimelineClip>;
      const start = clips.from;
      const oldest = this.#oldest.get()?.at ?? null;
      return {
        from: start,
        to,
        next: start > from ? start : null,
        oldestWallMs: oldest === null ? null : Number(oldest),
        events: events.rows.filter(({ startWallMs }) => startWallMs >= start),
        clips: clips.rows,
        gaps: this.#gaps.all(to, start, mostGaps).map(gapOf),
      };
    });
  }
}

interface Cut<Row> {
  readonly from: number;
  readonly rows: readonly Row[];
}

/** Newest first, whole milliseconds only: a page that ends within one would lose what shares it. */
function cut(statement: StatementSync, { from, to, limit }: TimelineRange): Cut<{ startWallMs: number }> {
  const ask = (since: number, most: number): { startWallMs: number }[] =>
    statement.all(since, to, most) as unknown as { startWallMs: number }[];
  const rows = ask(from, limit + 1);
  const over = rows[limit];
  if (over === undefined) return { from, rows };
  const whole = rows.filter(({ startWallMs }) => startWallMs > over.startWallMs);
  if (whole.length > 0) return { from: over.startWallMs + 1, rows: whole };
  return { from: over.startWallMs, rows: ask(over.startWallMs, -1) };
}

/** With events over it that no row shows yet. */
export function laidOver(page: TimelinePage, unsaved: readonly Event[]): TimelinePage {
  const fresh = unsaved.filter(({ startWallMs }) => startWallMs >= page.from && startWallMs < page.to);
  if (fresh.length === 0) return page;
  const byId = new Map(page.events.map((event) => [event.id, event]));
  for (const event of fresh) {
    const { id, startWallMs, endWallMs, clip } = event;
    byId.set(id, { id, startWallMs, endWallMs, clip, sort: sortOf(event) });
  }
  const events = [...byId.values()].sort((a, b) => b.startWallMs - a.startWallMs || (a.id < b.id ? 1 : -1));
  return { ...page, events };
}
