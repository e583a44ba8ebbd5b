/**
 * Lock: one daemon per data folder.
 *
 * A SQLite file held in an exclusive transaction: the kernel lets go of it when the process dies,
 * however it dies, so a lock is never stale and never has to be removed by hand.
 */
import { closeSync, openSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Fault, systemCode } from "../hal/fault.ts";
import { readOnlyHint } from "./wire/own-socket.ts";

/** Throws Fault `unavailable` when another process holds the folder, `denied` when it cannot be locked. */
export function lockFolder(lockPath: string, folder: string): Disposable {
  try {
    const held = tryLock(lockPath);
    return { [Symbol.dispose]: () => held.close() };
  } catch (error) {
    throw lockFault(error, folder, lockPath);
  }
}

/** Nothing is kept in the file: one that is no database any more (a power cut) is made anew. */
function tryLock(path: string, mayMend = true): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    database.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
    return database;
  } catch (error) {
    database?.close();
    if (!mayMend || codeOf(error) !== sqliteNotDatabase) throw error;
    rmSync(path);
    return tryLock(path, false);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "errcode" in error ? error.errcode : null;
}

const sqliteBusy = 5;
const sqliteNotDatabase = 26;

/** SQLite does not say it. */
function isReadOnly(path: string): boolean {
  try {
    closeSync(openSync(path, "a")); // access(2) does not know of an ext4 that gave up
    return false;
  } catch (error) {
    return systemCode(error) === "EROFS";
  }
}

function lockFault(error: unknown, folder: string, lockPath: string): Fault {
  if (codeOf(error) === sqliteBusy) {
    return new Fault("unavailable", `another sill is running on the data folder ${folder}`, {
      cause: error,
      hint: "stop it first, or give this one its own folder with --data",
    });
  }
  const words = error instanceof Error ? error.message : String(error);
  return new Fault("denied", `the data folder ${folder} cannot be locked: ${words}`, {
    cause: error,
    hint: isReadOnly(lockPath)
      ? readOnlyHint
      : "its folder run/ must be writable, with room for one small file",
  });
}
