/**
 * Write log: what Linux's dm-log-writes wrote about every write to a disk, and the disk as it was at any moment.
 *
 * The format is the kernel's (Documentation/admin-guide/device-mapper/log-writes.rst, drivers/md/dm-log-writes.c):
 * sector 0 has magic, version, number of entries and sector size; each entry is a sector with its place, length and
 * flags, followed by its data. A write stands in the log only once a flush has covered it, so that the log up to any
 * entry is a disk that a power cut may leave.
 */
import { readSync, writeSync } from "node:fs";
import { Fault } from "../../../hal/fault.ts";

const magic = 0x6a_73_66_77_73_68_72n;
const flags = { flush: 1n, fua: 2n, discard: 4n, mark: 8n };
const headBytes = 32;

export interface LogEntry {
  /** Where it goes on the disk, and how much. */
  readonly offset: number;
  readonly bytes: number;
  /** Where its data lies in the log; null = there is none (discard, mark, a flush alone). */
  readonly dataAt: number | null;
  /** All before it is on the disk. */
  readonly isBarrier: boolean;
  readonly isDiscard: boolean;
  readonly mark: string | null;
}

/** Throws Fault `corrupt`. `log` is an open file. */
export function readWriteLog(log: number): LogEntry[] {
  const head = read(log, 0, 512);
  if (head.readBigUInt64LE(0) !== magic) throw new Fault("corrupt", "this is no log of dm-log-writes");
  const [count, sector] = [Number(head.readBigUInt64LE(16)), head.readUInt32LE(24)];
  const entries: LogEntry[] = [];
  let at = sector;
  for (let each = 0; each < count; each += 1) {
    const entry = read(log, at, sector);
    const bits = entry.readBigUInt64LE(16);
    const isMark = (bits & flags.mark) !== 0n;
    const isDiscard = (bits & flags.discard) !== 0n;
    const bytes = isMark ? 0 : Number(entry.readBigUInt64LE(8)) * sector;
    const textEnd = headBytes + Number(entry.readBigUInt64LE(24));
    const hasData = bytes > 0 && !isDiscard;
    entries.push({
      offset: Number(entry.readBigUInt64LE(0)) * sector,
      bytes,
      dataAt: hasData ? at + sector : null,
      isBarrier: (bits & (flags.flush | flags.fua)) !== 0n,
      isDiscard,
      mark: isMark ? (entry.toString("utf8", headBytes, textEnd).split("\0")[0] ?? "") : null,
    });
    at += sector + (hasData ? bytes : 0);
  }
  return entries;
}

/** Does to the disk what the entry did. */
export function replay(log: number, { offset, bytes, dataAt }: LogEntry, disk: number): void {
  if (dataAt !== null) writeSync(disk, read(log, dataAt, bytes), 0, bytes, offset);
}

function read(file: number, at: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  const length = readSync(file, buffer, 0, bytes, at);
  if (length < bytes) throw new Fault("corrupt", `the log ends at ${at + length}, in the middle of an entry`);
  return buffer;
}
