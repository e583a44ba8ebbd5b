/**
 * SQLite errors as Faults, in one table.
 *
 * node:sqlite throws an Error with `errcode`, SQLite's (extended) result code; its low byte is
 * the primary code. Anything that is not SQLite's goes the way of toFault.
 */
import { Fault, systemCode, toFault, type FaultKind } from "../../../hal/fault.ts";

const primaryCodes: Readonly<Record<number, { kind: FaultKind; hint?: string; code?: string }>> = {
  3: { kind: "denied", hint: "check who owns the data folder" }, // PERM
  5: { kind: "unavailable", hint: "another program holds the index; it is tried again" }, // BUSY
  6: { kind: "unavailable" }, // LOCKED
  7: { kind: "exhausted", code: "ENOMEM" }, // NOMEM
  8: { kind: "denied", hint: "the data folder is read-only" }, // READONLY
  9: { kind: "cancelled" }, // INTERRUPT
  10: { kind: "unavailable", hint: "the disk reports errors" }, // IOERR
  11: { kind: "corrupt" }, // CORRUPT
  13: { kind: "exhausted", code: "ENOSPC", hint: "the disk is full; lower storage.budgetMb or make room" }, // FULL
  14: { kind: "unavailable", hint: "check the data folder" }, // CANTOPEN
  18: { kind: "invalid" }, // TOOBIG
  19: { kind: "bug" }, // CONSTRAINT
  20: { kind: "bug" }, // MISMATCH
  26: { kind: "corrupt" }, // NOTADB
};

/** SQLITE_IOERR_... codes that mean "no room" although their primary code is IOERR. */
const fullCodes = new Set([
  10 | (3 << 8), // WRITE: what a full tmpfs gives
  10 | (6 << 8), // TRUNCATE
  10 | (19 << 8), // SHMSIZE
]);

/**
 * SQLITE_IOERR_FSYNC and ..._DIR_FSYNC. What the kernel was given may be thrown away, and the next fsync of the same
 * descriptor says "done": the index is not trusted any more (database.ts, abandon).
 */
const fsyncCodes = new Set([10 | (4 << 8), 10 | (5 << 8)]);
const fsyncRow = {
  kind: "corrupt",
  code: "EIO",
  hint: "the disk reports errors; the index is made again",
} as const;

export function sqliteFault(error: unknown): Fault {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") {
    return toFault(error);
  }
  const code = error.errcode;
  const plain = fullCodes.has(code) ? primaryCodes[13] : primaryCodes[code & 0xff];
  const row = fsyncCodes.has(code) ? fsyncRow : plain;
  // what it is called by the system, where there is one name for it (isDiskFull)
  const named = row?.code === undefined ? error : Object.assign(new Error(error.message), { code: row.code });
  return new Fault(row?.kind ?? "bug", `index: ${error.message}`, { hint: row?.hint, cause: named });
}

/** An fsync of the index failed. */
export function isFsyncFault(fault: Fault): boolean {
  return fault.kind === "corrupt" && systemCode(fault) === "EIO";
}

/** Runs one piece of work on the index; what SQLite throws comes out as a Fault. */
export function withSqlite<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteFault(error);
  }
}
