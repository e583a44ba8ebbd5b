/**
 * Database: opens the index, and moves a broken one aside.
 *
 * WAL with synchronous=FULL: a committed row survives a power cut (WAL+NORMAL lost every one of
 * 200 acknowledged commits on a cut; see the stack notes). What is no index, is damaged, or comes
 * from a newer Sill is renamed to sill.db.aside-<wall time> and kept (the newest three), and an empty
 * one takes its place: the caller rebuilds it from the files.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../../hal/fault.ts";
import { privateFile } from "../../files/modes.ts";
import { migrate } from "./schema.ts";
import { withSqlite } from "./sqlite-faults.ts";

const keptAside = 3;
const suffixes = ["", "-wal", "-shm"] as const;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Name of the file that a damaged index was moved to; null = nothing was wrong. */
  readonly movedTo: string | null;
}

/** SQLite shares 32 KB of memory beside the index, as a file. */
const leastFreeBytes = 65_536;

/**
 * SQLite makes room for that file with one byte in each page. Where the blocks of a file system are smaller than
 * a page (ext4 below 512 MB) the rest of the page is only looked for when it is touched, and on a full disk the
 * kernel then kills the process (SIGBUS).
 */
function expectRoom(path: string): void {
  const { bsize, bavail, bfree } = statfsSync(dirname(path));
  const blocks = process.getuid?.() === 0 ? bfree : bavail;
  if (blocks * bsize >= leastFreeBytes) return;
  throw new Fault("exhausted", "no room to open the index: the disk is full", {
    hint: "the disk is full; lower storage.budgetMb or make room",
  });
}

function tryOpen(path: string): DatabaseSync {
  expectRoom(path);
  return withSqlite(() => {
    closeSync(openSync(path, "a", privateFile)); // SQLite would let the group read it, and its log like it
    const database = new DatabaseSync(path, { timeout: 5_000 });
    try {
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
      // what fails in a checkpoint of SQLite's own is told to nobody, and tried again on the same descriptor
      database.exec("PRAGMA wal_autocheckpoint = 0");
      // bounds what a long burst leaves behind in the WAL file
      database.exec("PRAGMA journal_size_limit = 4194304");
      const check = database.prepare("PRAGMA quick_check(1)").get()?.quick_check;
      if (check !== "ok") throw new Fault("corrupt", `the index is damaged: ${String(check).slice(0, 120)}`);
      migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** A WAL whose database is missing or empty belongs to nothing; SQLite must not replay it. */
function isHeadless(path: string): boolean {
  const size = existsSync(path) ? statSync(path).size : 0;
  return size === 0 && existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}

export function moveAside(path: string, wallMs: number): string {
  const target = `${path}.aside-${Math.round(wallMs)}`;
  for (const suffix of suffixes) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  const marks = readdirSync(dirname(path))
    .map((name) => /\.aside-(\d+)/.exec(name)?.[1])
    .filter((mark) => mark !== undefined);
  const old = [...new Set(marks)].sort((a, b) => Number(b) - Number(a)).slice(keptAside);
  for (const mark of old) {
    for (const suffix of suffixes) rmSync(`${path}.aside-${mark}${suffix}`, { force: true });
  }
  return basename(target);
}

/** Throws Fault (`exhausted`, `denied`, `unavailable`) when even an empty index cannot be opened. */
export function openDatabase(path: string, wallMs: number): OpenedDatabase {
  let movedTo = isHeadless(path) ? moveAside(path, wallMs) : null;
  try {
    return { database: tryOpen(path), movedTo };
  } catch (error) {
    const broken = error instanceof Fault && ["corrupt", "invalid", "bug"].includes(error.kind);
    if (!broken) throw error;
    movedTo = moveAside(path, wallMs);
    return { database: tryOpen(path), movedTo };
  }
}

/** Pages of the WAL after which a commit is followed by a checkpoint; SQLite's own number. */
const walBytes = 1_000 * 4_096;

/** To be called after a commit. Throws what the disk says. */
export function checkpointWhenLong(database: DatabaseSync, path: string): void {
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if ((wal?.size ?? 0) >= walBytes) database.exec("PRAGMA wal_checkpoint(PASSIVE)");
}

/**
 * Closes an index whose fsync failed, without another one of the same descriptors (the last connection that may write
 * would checkpoint), and moves it aside.
 */
export function abandon(database: DatabaseSync, path: string, wallMs: number): string {
  using reader = openReader(path);
  reader.prepare("SELECT count(*) FROM sqlite_schema").get();
  database.close();
  return moveAside(path, wallMs);
}

/** For questions only: the page's reads never wait for a write. */
export function openReader(path: string): DatabaseSync {
  return withSqlite(() => new DatabaseSync(path, { readOnly: true, timeout: 1_000 }));
}
