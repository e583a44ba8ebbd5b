/**
 * Clip writer: what becomes of recordings becomes rows of clips, their fragments and their events.
 */
import type { ClipHead, ClipState, FragmentRow } from "./change.ts";
import type { Statements } from "./statements.ts";

export class ClipWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  head(head: ClipHead): void {
    this.#statements.run(
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

  state(id: string, state: ClipState): void {
    this.#statements.run("UPDATE clips SET state = ? WHERE id = ?", state, id);
  }

  event(clip: string, event: string): void {
    this.#statements.run("INSERT OR IGNORE INTO clip_events (clip, event) VALUES (?, ?)", clip, event);
    this.#statements.run("UPDATE events SET clip = ? WHERE id = ? AND clip IS NULL", clip, event);
  }

  /** False when the clip is unknown. Adds up the clip's bytes and length. */
  fragment(clip: string, row: FragmentRow): boolean {
    const found = this.#statements.prepared("SELECT seq FROM clips WHERE id = ?").get(clip);
    if (found?.seq === undefined) return false;
    const { changes } = this.#statements.run(
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
    this.#statements.run(
      "UPDATE clips SET bytes = bytes + ?, duration_ms = max(duration_ms, ?) WHERE seq = ?",
      row.bytes,
      row.startMs + row.durationMs,
      found.seq,
    );
    return true;
  }

  thumbnail(clip: string, bytes: number): void {
    this.#statements.run(
      "UPDATE clips SET thumbnail = 1, bytes = bytes + ? WHERE id = ? AND thumbnail = 0",
      bytes,
      clip,
    );
  }

  /** Replaces what is known of a clip's files by what was found on the disk. */
  files(clip: string, found: { fragments: readonly FragmentRow[]; thumbnail: boolean; bytes: number }): void {
    this.#statements.run("DELETE FROM fragments WHERE clip = (SELECT seq FROM clips WHERE id = ?)", clip);
    this.#statements.run("UPDATE clips SET duration_ms = 0 WHERE id = ?", clip);
    for (const row of found.fragments) this.fragment(clip, row);
    this.#statements.run(
      "UPDATE clips SET bytes = ?, thumbnail = ? WHERE id = ?",
      found.bytes,
      found.thumbnail ? 1 : 0,
      clip,
    );
  }

  markDeleting(clip: string): void {
    this.#statements.run("UPDATE clips SET deleting = 1 WHERE id = ?", clip);
  }

  /** The last step of a deletion, after the files. */
  delete(clip: string): void {
    this.#statements.run("DELETE FROM clips WHERE id = ?", clip);
    this.#statements.run("UPDATE events SET clip = NULL WHERE clip = ?", clip);
    this.#statements.run("DELETE FROM clip_events WHERE clip = ?", clip);
  }
}
