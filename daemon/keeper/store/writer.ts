/**
 * Writer: changes become rows. Runs in the store's worker, inside a transaction of the caller.
 *
 * Every statement is an upsert or a plain delete, so a batch may be applied again. A deleted
 * event stays deleted: a late message about it is ignored.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Gap } from "../../wire/api-timeline.ts";
import type { Event } from "../../wire/api.ts";
import type { ClipHead, ClipState, FragmentRow } from "./change.ts";

export class Writer {
  readonly #statements = new Map<string, StatementSync>();
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** One transaction; rolled back when the work throws. */
  transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      // a full disk may have rolled back already
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  event(event: Omit<Event, "thumbnail">): void {
    this.#run(
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
    if (event.clip !== null) this.clipEvent(event.clip, event.id);
  }

  deleteEvent(id: string, startWallMs: number): void {
    this.#run("DELETE FROM events WHERE id = ?", id);
    this.#run("DELETE FROM clip_events WHERE event = ?", id);
    this.#run("INSERT OR IGNORE INTO deleted_events (id, start_wall_ms) VALUES (?, ?)", id, startWallMs);
  }

  gap(gap: Gap): void {
    this.#run(
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
    this.#run("DELETE FROM gaps WHERE end_wall_ms < ?", Math.round(beforeWallMs));
  }

  clip(head: ClipHead): void {
    this.#run(
      `INSERT INTO clips (id, state, start_wall_ms, codec, width, height) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, start_wall_ms = excluded.start_wall_ms,
         codec = excluded.codec, width = excluded.width, height = excluded.height`,
      head.id,
      head.state,
      head.startWallMs,
      head.codec,
      head.width,
      head.height,
    );
  }

  clipState(id: string, state: ClipState): void {
    this.#run("UPDATE clips SET state = ? WHERE id = ?", state, id);
  }

  clipEvent(clip: string, event: string): void {
    this.#run("INSERT OR IGNORE INTO clip_events (clip, event) VALUES (?, ?)", clip, event);
    this.#run("UPDATE events SET clip = ? WHERE id = ? AND clip IS NULL", clip, event);
  }

  /** False when the clip is unknown. Adds up the clip's bytes and length. */
  fragment(clip: string, row: FragmentRow): boolean {
    const found = this.#statement("SELECT seq FROM clips WHERE id = ?").get(clip);
    if (found?.seq === undefined) return false;
    const { changes } = this.#run(
      `INSERT OR IGNORE INTO fragments (clip, number, start_ms, duration_ms, bytes, sha256)
       VALUES (?, ?, ?, ?, ?, ?)`,
      found.seq,
      row.index,
      row.startMs,
      row.durationMs,
      row.bytes,
      Buffer.from(row.sha256, "hex"),
    );
    if (Number(changes) === 0) return true;
    this.#run(
      "UPDATE clips SET bytes = bytes + ?, duration_ms = max(duration_ms, ?) WHERE seq = ?",
      row.bytes,
      row.startMs + row.durationMs,
      found.seq,
    );
    return true;
  }

  thumbnail(clip: string, bytes: number): void {
    this.#run(
      "UPDATE clips SET thumbnail = 1, bytes = bytes + ? WHERE id = ? AND thumbnail = 0",
      bytes,
      clip,
    );
  }

  /** Replaces what is known of a clip's files by what was found on the disk. */
  files(clip: string, found: { fragments: readonly FragmentRow[]; thumbnail: boolean; bytes: number }): void {
    this.#run("DELETE FROM fragments WHERE clip = (SELECT seq FROM clips WHERE id = ?)", clip);
    this.#run("UPDATE clips SET duration_ms = 0 WHERE id = ?", clip);
    for (const row of found.fragments) this.fragment(clip, row);
    this.#run(
      "UPDATE clips SET bytes = ?, thumbnail = ? WHERE id = ?",
      found.bytes,
      found.thumbnail ? 1 : 0,
      clip,
    );
  }

  markDeleting(clip: string): void {
    this.#run("UPDATE clips SET deleting = 1 WHERE id = ?", clip);
  }

  /** An event that has passed its time; unlike a deleted one it need not be remembered. */
  forgetEvent(id: string): void {
    this.#run("DELETE FROM events WHERE id = ?", id);
    this.#run("DELETE FROM clip_events WHERE event = ?", id);
  }

  /** The last step of a deletion, after the files. */
  deleteClip(clip: string): void {
    this.#run("DELETE FROM clips WHERE id = ?", clip);
    this.#run("UPDATE events SET clip = NULL WHERE clip = ?", clip);
    this.#run("DELETE FROM clip_events WHERE clip = ?", clip);
  }

  journalRead(day: string, bytes: number): void {
    this.#run(
      "INSERT INTO journals (day, bytes) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET bytes = excluded.bytes",
      day,
      bytes,
    );
  }

  forgetJournal(day: string): void {
    this.#run("DELETE FROM journals WHERE day = ?", day);
  }

  fact(name: string, value: number): void {
    this.#run(
      "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      name,
      Math.round(value),
    );
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #run(sql: string, ...values: SQLInputValue[]): { changes: number | bigint } {
    return this.#statement(sql).run(...values);
  }
}
