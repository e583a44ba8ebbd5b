/**
 * Writer: changes become rows. Runs in the store's worker, inside a transaction of the caller.
 *
 * Every statement is an upsert or a plain delete, so a batch may be applied again. A deleted
 * event stays deleted: a late message about it is ignored.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Gap } from "../../wire/api-timeline.ts";
import type { Event } from "../../wire/api.ts";
import { ClipWriter } from "./clip-writer.ts";
import { Statements } from "./statements.ts";

export class Writer {
  readonly clips: ClipWriter;
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#statements = new Statements(database);
    this.clips = new ClipWriter(this.#statements);
  }

  /** One transaction; rolled back when the work throws. */
  transaction<T>(work: () => T): T {
    return this.#statements.transaction(work);
  }

  event(event: Omit<Event, "thumbnail">): void {
    this.#statements.run(
      `INSERT INTO events (id, kind, state, start_wall_ms, end_wall_ms, score, zones, clip, mark, seer, woke,
         what, what_scores, happenings, corrected, said, ignored, spared, pir)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19 WHERE NOT EXISTS (SELECT 1 FROM deleted_events WHERE id = ?1)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, end_wall_ms = excluded.end_wall_ms,
         score = excluded.score, zones = excluded.zones, clip = excluded.clip, mark = excluded.mark,
         seer = excluded.seer, woke = excluded.woke, what = excluded.what,
         what_scores = excluded.what_scores, happenings = excluded.happenings, corrected = excluded.corrected,
         said = excluded.said, ignored = excluded.ignored, spared = excluded.spared, pir = excluded.pir`,
      event.id,
      event.kind,
      event.state,
      event.startWallMs,
      event.endWallMs,
      event.score,
      JSON.stringify(event.zones),
      event.clip,
      event.mark,
      event.seer,
      event.woke ? 1 : 0,
      JSON.stringify(event.what),
      JSON.stringify(event.whatScores),
      JSON.stringify(event.happenings),
      event.corrected,
      JSON.stringify(event.said),
      event.ignored ? 1 : 0,
      event.spared,
      event.pir,
    );
    if (event.clip !== null) this.clips.event(event.clip, event.id);
  }

  deleteEvent(id: string, startWallMs: number): void {
    this.forgetEvent(id);
    this.#statements.run(
      "INSERT OR IGNORE INTO deleted_events (id, start_wall_ms) VALUES (?, ?)",
      id,
      startWallMs,
    );
  }

  /** An event that has passed its time; unlike a deleted one it need not be remembered. */
  forgetEvent(id: string): void {
    this.#statements.run("DELETE FROM events WHERE id = ?", id);
    this.#statements.run("DELETE FROM clip_events WHERE event = ?", id);
  }

  gap(gap: Gap): void {
    this.#statements.run(
      `INSERT INTO gaps (id, reason, start_wall_ms, end_wall_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET end_wall_ms = excluded.end_wall_ms`,
      gap.id,
      gap.reason,
      gap.startWallMs,
      gap.endWallMs,
    );
  }

  /** Those that were over by then. */
  forgetGaps(beforeWallMs: number): void {
    this.#statements.run("DELETE FROM gaps WHERE end_wall_ms < ?", Math.round(beforeWallMs));
  }

  journalRead(day: string, bytes: number): void {
    this.#statements.run(
      "INSERT INTO journals (day, bytes) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET bytes = excluded.bytes",
      day,
      bytes,
    );
  }

  forgetJournal(day: string): void {
    this.#statements.run("DELETE FROM journals WHERE day = ?", day);
  }

  fact(name: string, value: number): void {
    this.#statements.run(
      "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name,
      Math.round(value),
    );
  }
}
