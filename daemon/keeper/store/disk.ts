/**
 * Disk: the one writer of the index and the journal. Synchronous; lives in the store's worker.
 *
 * Order of every write: journal line, fsync, then the rows in one transaction (FULL), then the
 * answer. Throws Fault; after `corrupt` the caller opens a new Disk, which moves the broken index
 * aside and rebuilds it from the files.
 */
import { mkdirSync } from "node:fs";
import { sweptFolder } from "../../files/modes.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { ClockSeen, Retention } from "../retention.ts";
import { noteJournals, record, type Access } from "./access.ts";
import type { Change } from "./change.ts";
import { abandon, checkpointWhenLong, openDatabase } from "./database.ts";
import { removeEvent, removeEvents, type Removal, type Removed, type RemovedMany } from "./remove-events.ts";
import { findClipFolder } from "./folders.ts";
import { eventLine, gapLine, Journal, type JournalLine } from "./journal.ts";
import { adoptClip, reconcile, type Reconciled } from "./reconcile.ts";
import { withSqlite } from "./sqlite-faults.ts";
import { due, lastSeenClock, sweep, type SweepInput, type Swept } from "./sweep.ts";
import { Writer } from "./writer.ts";

export interface Opened extends Reconciled {
  /** Where a broken index was moved; null = it was fine. */
  readonly movedTo: string | null;
  /** When an earlier run was last known to be there; null = there was none. */
  readonly lastSeenWallMs: number | null;
}

export class Disk {
  readonly #access: Access;
  #clock: ClockSeen | null;
  readonly opened: Opened;

  constructor(paths: DataPaths, wallMs: number) {
    mkdirSync(paths.clips, { recursive: true, mode: sweptFolder });
    const journal = new Journal(paths.journal);
    const { database, movedTo } = openDatabase(paths.database, wallMs);
    try {
      this.#access = { database, paths, journal, writer: new Writer(database) };
      const reconciled = this.#reconcile(wallMs);
      this.#clock = lastSeenClock(database);
      this.opened = { ...reconciled, movedTo, lastSeenWallMs: this.#clock?.wallMs ?? null };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  commit(changes: readonly Change[]): void {
    const { database, paths, journal, writer } = this.#access;
    withSqlite(() => {
      const lines = changes.flatMap(linesOf);
      const sizes = record(journal, lines);
      writer.transaction(() => {
        for (const change of changes) this.#apply(change);
        noteJournals(writer, sizes);
      });
      checkpointWhenLong(database, paths.database);
    });
  }

  removeEvent(id: string): Removed {
    return withSqlite(() => removeEvent(this.#access, id));
  }

  removeEvents(ids: readonly string[], removal: Removal = {}): RemovedMany {
    return withSqlite(() => removeEvents(this.#access, ids, removal));
  }

  due(input: SweepInput): Retention {
    return withSqlite(() => due(this.#access, this.#clock, input));
  }

  sweep(input: SweepInput): Swept {
    return withSqlite(() => {
      const { swept, seen } = sweep(this.#access, this.#clock, input);
      this.#clock = seen;
      checkpointWhenLong(this.#access.database, this.#access.paths.database);
      return swept;
    });
  }

  close(): void {
    this.#access.database.close();
  }

  /** After an fsync of the index failed: the next Disk makes it again. Answers what the old one is called now. */
  abandon(wallMs: number): string {
    return abandon(this.#access.database, this.#access.paths.database, wallMs);
  }

  #reconcile(wallMs: number): Reconciled {
    const { journal, writer } = this.#access;
    return withSqlite(() => {
      const { result, interrupted, ended } = writer.transaction(() => reconcile(this.#access, wallMs));
      noteJournals(writer, record(journal, [...interrupted.map(eventLine), ...ended.map(gapLine)]));
      return result;
    });
  }

  #apply(change: Change): void {
    const { writer } = this.#access;
    switch (change.type) {
      case "event":
        return writer.event(change.event);
      case "gap":
        return writer.gap(change.gap);
      case "clip":
        return writer.clips.head(change.clip);
      case "clip-event":
        return writer.clips.event(change.clip, change.event);
      case "clip-fragment":
        if (!writer.clips.fragment(change.clip, change.fragment)) this.#adopt(change.clip);
        return;
      case "clip-thumbnail":
        return writer.clips.thumbnail(change.clip, change.bytes);
      case "clip-picture":
        return this.#adopt(change.clip);
      case "clip-state":
        this.#adopt(change.clip);
        return writer.clips.state(change.clip, change.state);
    }
  }

  /** Reads a clip's folder again; one that is gone stays gone. */
  #adopt(clip: string): void {
    const folder = findClipFolder(this.#access.paths, clip);
    if (folder !== null) adoptClip(this.#access, folder);
  }
}

function linesOf(change: Change): JournalLine[] {
  if (change.type === "event") return [eventLine(change.event)];
  return change.type === "gap" ? [gapLine(change.gap)] : [];
}
