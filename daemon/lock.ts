/**
 * Lock: one daemon per data folder.
 *
 * A SQLite file held in an exclusive transaction: the kernel lets go of it when the process dies,
 * however it dies, so a lock is never stale and never has to be removed by hand.
 */
import { DatabaseSync } from "node:sqlite";
import { Fault } from "../hal/fault.ts";

/** Throws Fault `unavailable` when another process holds the folder. */
export function lockFolder(lockPath: string, folder: string): Disposable {
  const database = new DatabaseSync(lockPath);
  try {
    database.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
  } catch (error) {
    database.close();
    throw new Fault("unavailable", `another sill is running on the data folder ${folder}`, {
      cause: error,
      hint: "stop it first, or give this one its own folder with --data",
    });
  }
  return { [Symbol.dispose]: () => database.close() };
}
