/**
 * Reconcile: makes the index agree with the files, at every start.
 *
 * In this order: deletions that were under way are finished; journal lines that no row has seen
 * are applied; clip folders without (complete) rows get them; clips whose folder is gone lose their
 * rows; what a crash left open is marked `interrupted`; clips that show nothing but deleted events go, because their
 * deletion was cut off. Files win over rows, except that a deleted
 * event stays deleted. A healthy index costs one folder listing per clip and no reading.
 */
import type { Gap } from "../../wire/api-timeline.ts";
import type { Event } from "../../wire/api.ts";
import type { Access } from "./access.ts";
import { nothingKnown } from "../events.ts";
import { finishDeletions } from "./deletion.ts";
import {
  clipFolders,
  findClipFolder,
  listClip,
  readClip,
  readManifest,
  removeLeftovers,
  type ClipFolder,
  type ClipOnDisk,
} from "./folders.ts";
import { openGaps } from "./gap-rows.ts";
import type { JournalLine } from "./journal.ts";
import { eventOf, Reader } from "./reader.ts";
import { lastSeenClock } from "./sweep.ts";
import type { Writer } from "./writer.ts";

export interface Reconciled {
  /** Rows made from the journal and the folders. */
  events: number;
  clips: number;
  /** Rows dropped because the files are gone. */
  dropped: number;
  /** Events and clips that a crash had left open. */
  interrupted: number;
  /** Cut journal lines, damaged fragments, leftovers that were removed. */
  skippedLines: number;
  damagedFragments: number;
  /** Clips of a Sill that did not seal yet, met for the first time. */
  unsealedClips: number;
  leftovers: number;
}

/** The rows that make a clip; also used for one clip whose messages may have been lost. */
export function adoptClip(access: Access, folder: ClipFolder): Pick<ClipOnDisk, "damaged" | "unsealed"> {
  const { database, writer } = access;
  const known = new Reader(database).clip(folder.id);
  const found = readClip(folder, known?.fragments ?? []);
  const { manifest } = found;
  const startWallMs = manifest?.startWallMs ?? known?.startWallMs ?? Date.parse(folder.day);
  writer.clips.head({
    id: folder.id,
    state: manifest?.closed ? "complete" : (known?.state ?? "interrupted"),
    startWallMs,
    codec: manifest?.codec ?? known?.codec ?? "",
    width: manifest?.width ?? known?.width ?? 0,
    height: manifest?.height ?? known?.height ?? 0,
  });
  writer.clips.files(folder.id, found);
  const stored = new Reader(database);
  for (const each of manifest?.events ?? []) {
    if (stored.event(each.event) === null) {
      const endWallMs = manifest?.closed?.endWallMs ?? null;
      const state = endWallMs === null ? "open" : "closed";
      const { event: id, kind, startWallMs } = each;
      writer.event({ ...nothingKnown, id, kind, state, startWallMs, endWallMs, clip: folder.id });
    }
    writer.clips.event(folder.id, each.event);
  }
  return found;
}

function applyLine(writer: Writer, line: JournalLine): void {
  if (line.change === "event") writer.event(line.event);
  else if (line.change === "gap") writer.gap(line.gap);
  else writer.deleteEvent(line.id, line.startWallMs);
}

function eventIdsOf(line: JournalLine): string[] {
  if (line.change === "gap") return [];
  return [line.change === "event" ? line.event.id : line.id];
}

/** Answers the clips that a deletion may have to take with it. */
function readJournals({ database, journal, writer }: Access, result: Reconciled): string[] {
  const showing = database.prepare("SELECT clip FROM clip_events WHERE event = ?");
  const bereft: string[] = [];
  const seen = database.prepare("SELECT bytes FROM journals WHERE day = ?");
  for (const day of journal.days()) {
    const upTo = Number(seen.get(day)?.bytes ?? 0);
    const read = journal.read(day, upTo);
    if (read.bytes === upTo) continue;
    journal.sync(day);
    for (const line of read.lines) {
      if (line.change === "deleted") bereft.push(...showing.all(line.id).map(({ clip }) => String(clip)));
      applyLine(writer, line);
    }
    writer.journalRead(day, read.bytes);
    result.events += new Set(read.lines.flatMap(eventIdsOf)).size;
    result.skippedLines += read.skipped;
  }
  return bereft;
}

/** Marks those that show deleted events alone. */
function markBereft({ database, paths, writer }: Access, clips: Iterable<string>): void {
  const isDeleted = database.prepare("SELECT 1 FROM deleted_events WHERE id = ?");
  for (const clip of new Set(clips)) {
    const folder = findClipFolder(paths, clip);
    const events = (folder === null ? null : readManifest(folder))?.events ?? [];
    if (events.length > 0 && events.every(({ event }) => isDeleted.get(event) !== undefined))
      writer.clips.markDeleting(clip);
  }
}

function isEmpty(folder: ClipFolder): boolean {
  return readManifest(folder) === null && listClip(folder).fragments === 0;
}

/** Answers the clips whose rows were made. */
function readFolders(access: Access, wallMs: number, result: Reconciled): string[] {
  const adopted: string[] = [];
  const { database, paths, writer } = access;
  const rows = new Map(
    database
      .prepare(
        `SELECT clips.id AS id, clips.state AS state, thumbnail, clips.bytes - coalesce(sum(fragments.bytes), 0) AS otherBytes,
           count(number) AS fragments
         FROM clips LEFT JOIN fragments ON clip = seq GROUP BY seq`,
      )
      .all()
      .map(({ id, state, thumbnail, otherBytes, fragments }) => [
        String(id),
        { state, fragments: Number(fragments), thumbnail: thumbnail === 1, otherBytes: Number(otherBytes) },
      ]),
  );
  for (const folder of clipFolders(paths)) {
    result.leftovers += removeLeftovers(folder, wallMs);
    const row = rows.get(folder.id);
    rows.delete(folder.id);
    if ((row !== undefined && isWhole(row, folder)) || (row === undefined && isEmpty(folder))) continue;
    const { damaged, unsealed } = adoptClip(access, folder);
    result.damagedFragments += damaged.length;
    if (unsealed) result.unsealedClips += 1;
    adopted.push(folder.id);
    result.clips += 1;
  }
  for (const gone of rows.keys()) {
    writer.clips.delete(gone);
    result.dropped += 1;
  }
  // an event that names a clip of which nothing is left
  database.exec(
    "UPDATE events SET clip = NULL WHERE clip IS NOT NULL AND clip NOT IN (SELECT id FROM clips)",
  );
  return adopted;
}

interface ClipRow {
  readonly state: unknown;
  readonly fragments: number;
  readonly thumbnail: boolean;
  readonly otherBytes: number;
}

/** The row says all that the folder does. An interrupted clip may have been closed, or got pictures, after its keeper left. */
function isWhole(row: ClipRow, folder: ClipFolder): boolean {
  const found = listClip(folder);
  if (row.state === "recording" || row.fragments !== found.fragments) return false;
  if (row.thumbnail !== found.thumbnail) return false;
  if (found.otherBytes !== null && found.otherBytes !== row.otherBytes) return false;
  return row.state === "complete" || !readManifest(folder)?.closed;
}

/** What a crash left open; ends when its clip ends, else when it began. */
function interrupt({ database, writer }: Access, result: Reconciled): Event[] {
  const closed = database
    .prepare(
      `SELECT events.*, coalesce(thumbnail, 0) AS thumbnail, max(events.start_wall_ms, coalesce(clips.start_wall_ms + duration_ms, 0)) AS ended
       FROM events LEFT JOIN clips ON clips.id = events.clip WHERE events.state = 'open'`,
    )
    .all()
    .map((row): Event => ({ ...eventOf(row), state: "interrupted", endWallMs: Number(row.ended) }));
  for (const event of closed) writer.event(event);
  const { changes } = database
    .prepare("UPDATE clips SET state = 'interrupted' WHERE state = 'recording'")
    .run();
  result.interrupted = closed.length + Number(changes);
  return closed;
}

/** Gaps that nobody saw the end of: over when the doorbell was last known to be there. */
function endGaps({ database, writer }: Access): Gap[] {
  const lastWallMs = lastSeenClock(database)?.wallMs ?? 0;
  const ended = openGaps(database).map((gap) => ({
    ...gap,
    endWallMs: Math.max(gap.startWallMs, lastWallMs),
  }));
  for (const gap of ended) writer.gap(gap);
  return ended;
}

export interface Reconciling {
  readonly result: Reconciled;
  /** To be written to the journal too. */
  readonly interrupted: readonly Event[];
  readonly ended: readonly Gap[];
}

/** Runs inside one transaction. */
export function reconcile(access: Access, wallMs: number): Reconciling {
  const result: Reconciled = {
    events: 0,
    clips: 0,
    dropped: 0,
    interrupted: 0,
    skippedLines: 0,
    damagedFragments: 0,
    unsealedClips: 0,
    leftovers: 0,
  };
  finishDeletions(access);
  const bereft = readJournals(access, result);
  const adopted = readFolders(access, wallMs, result);
  markBereft(access, [...bereft, ...adopted]);
  finishDeletions(access);
  return { result, interrupted: interrupt(access, result), ended: endGaps(access) };
}
