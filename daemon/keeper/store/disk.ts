/**
 * Disk: the one writer of the index and the journal. Synchronous; lives in the store's worker.
 *
 * Order of every write: journal line, fsync, then the rows in one transaction (FULL), then the
 * answer. Order of every deletion: rows marked, files removed, rows removed; a crash between any
 * two is finished by reconcile. Throws Fault; after `corrupt` the caller opens a new Disk, which
 * moves the broken index aside and rebuilds it.
 */
import { mkdirSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../../hal/fault.ts";
import { clipFolder, dayOf, type DataPaths } from "../../wire/paths.ts";
import {
  judgeClock,
  retain,
  type ClockSeen,
  type DeletionReason,
  type RetentionLimits,
} from "../retention.ts";
import type { Change } from "./change.ts";
import { openDatabase } from "./database.ts";
import { findClipFolder } from "./folders.ts";
import { dayOfLine, eventLine, Journal, type JournalLine } from "./journal.ts";
import { Reader } from "./reader.ts";
import { adoptClip, reconcile, type Bench, type Reconciled } from "./reconcile.ts";
import { sqliteFault, withSqlite } from "./sqlite-faults.ts";
import { Writer } from "./writer.ts";

export interface Opened extends Reconciled {
  /** Where a broken index was moved; null = it was fine. */
  readonly movedTo: string | null;
}

export interface SweepInput extends RetentionLimits {
  readonly wallMs: number;
  readonly monoMs: number;
  readonly freeBytes: number;
  readonly wantedBytes: number;
}

export interface Swept {
  readonly clips: readonly { readonly id: string; readonly reason: DeletionReason }[];
  readonly events: readonly string[];
  /** Events that stay, without their video. */
  readonly bereft: readonly string[];
  /** Running time until age counts again; 0 = the clock is trusted. */
  readonly holdMs: number;
}

export interface Removed {
  readonly clips: readonly string[];
}

export class Disk {
  readonly #paths: DataPaths;
  readonly #database: DatabaseSync;
  readonly #journal: Journal;
  readonly #writer: Writer;
  #clock: ClockSeen | null;
  readonly opened: Opened;

  constructor(paths: DataPaths, wallMs: number) {
    this.#paths = paths;
    mkdirSync(paths.clips, { recursive: true, mode: 0o700 });
    this.#journal = new Journal(paths.journal);
    const { database, movedTo } = openDatabase(paths.database, wallMs);
    this.#database = database;
    this.#writer = new Writer(database);
    try {
      this.opened = { ...this.#reconcile(wallMs), movedTo };
      this.#clock = this.#lastSeen();
    } catch (error) {
      database.close();
      throw error;
    }
  }

  commit(changes: readonly Change[], wallMs: number): void {
    withSqlite(() => {
      const sizes = this.#record(
        changes.flatMap((change) => (change.type === "event" ? [eventLine(change.event)] : [])),
      );
      this.#writer.transaction(() => {
        for (const change of changes) this.#apply(change, wallMs);
        for (const [day, bytes] of sizes) this.#writer.journalRead(day, bytes);
      });
    });
  }

  /** Deletes an event and the clips that show nothing else. Throws Fault `not-found`, `unavailable`. */
  removeEvent(id: string): Removed {
    return withSqlite(() => {
      const event = new Reader(this.#database).event(id);
      if (event === null) throw new Fault("not-found", `no event ${id}`);
      const clips = this.#database
        .prepare(
          `SELECT clips.id AS id, clips.state AS state,
             (SELECT count(*) FROM clip_events AS other JOIN events ON events.id = other.event
              WHERE other.clip = clips.id AND other.event <> ?1) AS others
           FROM clip_events JOIN clips ON clips.id = clip_events.clip WHERE clip_events.event = ?1`,
        )
        .all(id);
      if (event.state === "open" || clips.some((clip) => clip.state === "recording")) {
        throw new Fault("unavailable", `event ${id} is being recorded`, {
          hint: "delete it when it has ended",
        });
      }
      const own = clips.filter((clip) => clip.others === 0).map((clip) => String(clip.id));
      const sizes = this.#record([{ change: "deleted", id, startWallMs: event.startWallMs }]);
      this.#deleteClips(own, () => {
        this.#writer.deleteEvent(id, event.startWallMs);
        for (const [day, bytes] of sizes) this.#writer.journalRead(day, bytes);
      });
      return { clips: own };
    });
  }

  /** Applies the retention rules now. */
  sweep(input: SweepInput): Swept {
    return withSqlite(() => {
      this.#clock = judgeClock(this.#clock, input.wallMs, input.monoMs);
      const { holdMs } = this.#clock;
      const due = retain({
        ...input,
        clips: this.#clips(),
        events: this.#events(),
        nowWallMs: input.wallMs,
        clockTrusted: holdMs === 0,
      });
      const bereft = due.clips
        .flatMap(({ id }) => this.#eventsOf(id))
        .filter((id) => !due.events.includes(id));
      this.#deleteClips(
        due.clips.map((clip) => clip.id),
        () => {
          for (const id of due.events) this.#writer.forgetEvent(id);
          this.#writer.fact("wall_seen_ms", input.wallMs);
          this.#writer.fact("age_hold_ms", holdMs);
        },
      );
      if (holdMs === 0) this.#dropOldJournals(input.wallMs - input.retentionHours * 3_600_000);
      return { ...due, bereft: [...new Set(bereft)], holdMs };
    });
  }

  close(): void {
    this.#database.close();
  }

  #reconcile(wallMs: number): Reconciled {
    return withSqlite(() => {
      const { result, interrupted } = this.#writer.transaction(() => reconcile(this.#bench(wallMs)));
      const sizes = this.#record(interrupted.map(eventLine));
      for (const [day, bytes] of sizes) this.#writer.journalRead(day, bytes);
      return result;
    });
  }

  #bench(wallMs: number): Bench {
    return {
      database: this.#database,
      paths: this.#paths,
      journal: this.#journal,
      writer: this.#writer,
      wallMs,
    };
  }

  /** Journal lines, durable when it returns; the new size of each day's file. */
  #record(lines: readonly JournalLine[]): Map<string, number> {
    const days = Map.groupBy(lines, dayOfLine);
    return new Map([...days].map(([day, each]) => [day, this.#journal.append(day, each)]));
  }

  #apply(change: Change, wallMs: number): void {
    switch (change.type) {
      case "event":
        return this.#writer.event(change.event);
      case "clip":
        return this.#writer.clip(change.clip);
      case "clip-event":
        return this.#writer.clipEvent(change.clip, change.event);
      case "clip-fragment":
        if (!this.#writer.fragment(change.clip, change.fragment)) this.#adopt(change.clip, wallMs);
        return;
      case "clip-thumbnail":
        return this.#writer.thumbnail(change.clip, change.bytes);
      case "clip-state":
        this.#adopt(change.clip, wallMs);
        return this.#writer.clipState(change.clip, change.state);
    }
  }

  #adopt(clip: string, wallMs: number): void {
    const folder = findClipFolder(this.#paths, clip);
    if (folder !== null) adoptClip(this.#bench(wallMs), folder);
  }

  #deleteClips(ids: readonly string[], andRows: () => void): void {
    const start = this.#database.prepare("SELECT start_wall_ms FROM clips WHERE id = ?");
    const folders = ids.map((id) => clipFolder(this.#paths, id, Number(start.get(id)?.start_wall_ms ?? 0)));
    if (ids.length > 0) this.#markDeleting(ids);
    for (const folder of folders) {
      rmSync(folder, { recursive: true, force: true });
    }
    this.#writer.transaction(() => {
      for (const id of ids) this.#writer.deleteClip(id);
      andRows();
    });
  }

  #markDeleting(ids: readonly string[]): void {
    try {
      this.#writer.transaction(() => ids.forEach((id) => this.#writer.markDeleting(id)));
    } catch (error) {
      // On a full disk even a mark finds no room. Files first, then: reconcile drops the rows of a
      // folder that is gone just as well.
      if (sqliteFault(error).kind !== "exhausted") throw error;
    }
  }

  #clips(): { id: string; startWallMs: number; bytes: number; recording: boolean }[] {
    return this.#database
      .prepare("SELECT id, start_wall_ms, bytes, state FROM clips WHERE deleting = 0 ORDER BY seq")
      .all()
      .map((row) => ({
        id: String(row.id),
        startWallMs: Number(row.start_wall_ms),
        bytes: Number(row.bytes),
        recording: row.state === "recording",
      }));
  }

  #events(): { id: string; startWallMs: number; open: boolean }[] {
    return this.#database
      .prepare("SELECT id, start_wall_ms, state FROM events ORDER BY start_wall_ms")
      .all()
      .map((row) => ({
        id: String(row.id),
        startWallMs: Number(row.start_wall_ms),
        open: row.state === "open",
      }));
  }

  #eventsOf(clip: string): string[] {
    return this.#database
      .prepare("SELECT id FROM events WHERE clip = ?")
      .all(clip)
      .map((row) => String(row.id));
  }

  #dropOldJournals(cutoffWallMs: number): void {
    const lastDay = dayOf(Math.max(0, cutoffWallMs));
    for (const day of this.#journal.days()) {
      if (day >= lastDay) break;
      this.#journal.remove(day);
      this.#writer.forgetJournal(day);
    }
    this.#database
      .prepare("DELETE FROM deleted_events WHERE start_wall_ms < ?")
      .run(Math.round(cutoffWallMs));
  }

  /** What earlier runs knew of the clock: the fact, else the newest thing that was recorded. */
  #lastSeen(): ClockSeen | null {
    const fact = this.#database.prepare("SELECT value FROM facts WHERE name = ?");
    const newest = this.#database
      .prepare(
        `SELECT max(at) AS at FROM (SELECT max(start_wall_ms) AS at FROM clips
         UNION ALL SELECT max(start_wall_ms) FROM events)`,
      )
      .get()?.at;
    const wallMs = fact.get("wall_seen_ms")?.value ?? newest ?? null;
    if (wallMs === null) return null;
    return { wallMs: Number(wallMs), monoMs: null, holdMs: Number(fact.get("age_hold_ms")?.value ?? 0) };
  }
}
