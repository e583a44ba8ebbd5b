/**
 * Reader: the questions that are asked of the index.
 *
 * Works on any connection; the keeper's main thread has a read-only one, so that a slow commit
 * never delays an answer (or a press). Pages go by key (start, id), newest first: the cost of a
 * page does not depend on how far back it is.
 */
import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import { z } from "zod";
import type { Mark } from "../../wire/api-calibration.ts";
import { clipSchema, eventSchema, type Clip, type Event, type EventKind } from "../../wire/api.ts";
import { withSqlite } from "./sqlite-faults.ts";
import { TimelineReader } from "./timeline.ts";

type Row = Record<string, SQLOutputValue>;

/** Exclusive upper end of a page. */
export interface EventKey {
  readonly startWallMs: number;
  readonly id: string;
}

export interface EventQuery {
  readonly before: EventKey | null;
  readonly limit: number;
  readonly kind: EventKind | null;
  /** Only those that are ignored, or only those that are not; null = both, as when it is absent. */
  readonly ignored?: boolean | null;
}

export interface Totals {
  readonly clips: number;
  readonly events: number;
  readonly usedBytes: number;
  readonly oldestWallMs: number | null;
}

/** A recording by its times alone. */
export interface ClipSpan {
  readonly id: string;
  readonly startWallMs: number;
  readonly durationMs: number;
}

/** No clip is longer; the index finds those that may reach into a window by where they begin. */
const longestClipMs = 3_600_000;
const mostSpans = 1_000;

const zonesSchema = z.array(z.string());
const eventColumns = `id, kind, state, start_wall_ms, end_wall_ms, score, zones, clip, mark, seer, woke,
  what, what_scores, happenings, corrected, said, ignored, spared, pir,
  EXISTS (SELECT 1 FROM clips WHERE clips.id = events.clip AND thumbnail = 1 AND deleting = 0) AS thumbnail`;
const endOfTime: EventKey = { startWallMs: Number.MAX_SAFE_INTEGER, id: "~" };

export function eventOf(row: Row): Event {
  return eventSchema.parse({
    id: row.id,
    kind: row.kind,
    state: row.state,
    startWallMs: row.start_wall_ms,
    endWallMs: row.end_wall_ms,
    score: row.score,
    zones: zonesSchema.parse(JSON.parse(String(row.zones))),
    clip: row.clip,
    thumbnail: row.thumbnail === 1,
    mark: row.mark,
    seer: row.seer,
    woke: row.woke === 1,
    what: JSON.parse(String(row.what)),
    whatScores: JSON.parse(String(row.what_scores)),
    happenings: JSON.parse(String(row.happenings)),
    corrected: row.corrected,
    said: JSON.parse(String(row.said)),
    ignored: row.ignored === 1,
    spared: row.spared,
    pir: row.pir,
  });
}

function clipOf(row: Row, fragments: readonly Row[]): Clip {
  return clipSchema.parse({
    id: row.id,
    state: row.state,
    startWallMs: row.start_wall_ms,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    codec: row.codec,
    width: row.width,
    height: row.height,
    thumbnail: row.thumbnail === 1,
    fragments: fragments.map((each) => ({
      index: each.number,
      startMs: each.start_ms,
      durationMs: each.duration_ms,
      bytes: each.bytes,
      sha256: each.sha256 instanceof Uint8Array ? Buffer.from(each.sha256).toString("hex") : "",
    })),
  });
}

export class Reader {
  readonly #database: DatabaseSync;
  /** By what they ask for. */
  readonly #pages = new Map<string, StatementSync>();
  readonly #event: StatementSync;
  readonly #clip: StatementSync;
  readonly #fragments: StatementSync;
  readonly #spans: StatementSync;
  readonly #totals: StatementSync;
  readonly #marks: StatementSync;
  readonly #shown: StatementSync;
  readonly timeline: TimelineReader;

  constructor(database: DatabaseSync) {
    this.timeline = new TimelineReader(database);
    this.#database = database;
    this.#shown = database.prepare("SELECT event FROM clip_events WHERE clip = ?");
    this.#event = database.prepare(`SELECT ${eventColumns} FROM events WHERE id = ?`);
    this.#clip = database.prepare("SELECT * FROM clips WHERE id = ? AND deleting = 0");
    this.#fragments = database.prepare("SELECT * FROM fragments WHERE clip = ? ORDER BY number");
    this.#spans = database.prepare(`
      SELECT id, start_wall_ms, duration_ms FROM clips
      WHERE deleting = 0 AND start_wall_ms > ? AND start_wall_ms < ? AND start_wall_ms + duration_ms > ?
      ORDER BY start_wall_ms LIMIT ?`);
    this.#marks = database.prepare(
      "SELECT mark, count(*) AS events FROM events WHERE mark IS NOT NULL GROUP BY mark",
    );
    this.#totals = database.prepare(`
      SELECT (SELECT count(*) FROM events) AS events, count(*) AS clips,
             coalesce(sum(bytes), 0) AS used, min(start_wall_ms) AS oldest
      FROM clips WHERE deleting = 0`);
  }

  events(query: EventQuery): Event[] {
    const { startWallMs, id } = query.before ?? endOfTime;
    const { kind, ignored = null, limit } = query;
    return withSqlite(() =>
      this.#pageOf({ kind, ignored }).all(...(kind === null ? [] : [kind]), startWallMs, id, limit),
    ).map(eventOf);
  }

  /** Whatever is known of the events that a clip shows: their ids. */
  shownBy(clip: string): string[] {
    return withSqlite(() => this.#shown.all(clip)).map(({ event }) => String(event));
  }

  event(id: string): Event | null {
    const row = withSqlite(() => this.#event.get(id));
    return row === undefined ? null : eventOf(row);
  }

  /** null = no such clip, or it is being deleted. */
  clip(id: string): Clip | null {
    return withSqlite(() => {
      const row = this.#clip.get(id);
      return row === undefined ? null : clipOf(row, this.#fragments.all(row.seq ?? null));
    });
  }

  /** Clips that share time with the window, oldest first; the first thousand of them. */
  spans({ from, to }: { readonly from: number; readonly to: number }): ClipSpan[] {
    return withSqlite(() => this.#spans.all(from - longestClipMs, to, from, mostSpans)).map((row) => ({
      id: String(row.id),
      startWallMs: Number(row.start_wall_ms),
      durationMs: Number(row.duration_ms),
    }));
  }

  /** Events that somebody marked. */
  marks(): { good: number; false: number } {
    const rows = withSqlite(() => this.#marks.all());
    const count = (mark: Mark): number => Number(rows.find((row) => row.mark === mark)?.events ?? 0);
    return { good: count("good"), false: count("false") };
  }

  /** Prepared once for each of the six sorts of question. */
  #pageOf({ kind, ignored = null }: Pick<EventQuery, "kind" | "ignored">): StatementSync {
    const conditions = [
      ...(kind === null ? [] : ["kind = ?"]),
      // the literal lets SQLite use the index of the ignored
      ...(ignored === null ? [] : [`ignored = ${ignored ? 1 : 0}`]),
      "(start_wall_ms, id) < (?, ?) ORDER BY start_wall_ms DESC, id DESC LIMIT ?",
    ];
    const text = `SELECT ${eventColumns} FROM events WHERE ${conditions.join(" AND ")}`;
    const known = this.#pages.get(text) ?? this.#database.prepare(text);
    this.#pages.set(text, known);
    return known;
  }

  totals(): Totals {
    const row = withSqlite(() => this.#totals.get()) ?? {};
    return {
      clips: Number(row.clips),
      events: Number(row.events),
      usedBytes: Number(row.used),
      oldestWallMs: row.oldest === null ? null : Number(row.oldest),
    };
  }
}
