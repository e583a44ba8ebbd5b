import { closeSync, openSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWriteLog, replay } from "../../../../scripts/rigs/crash/write-log.ts";
import { tempFolder } from "../../../daemon/keeper/temp-folder.ts";

const sector = 512;

function head(place: number, sectors: number, bits: number, text = ""): Buffer {
  const entry = Buffer.alloc(sector);
  entry.writeBigUInt64LE(BigInt(place), 0);
  entry.writeBigUInt64LE(BigInt(sectors), 8);
  entry.writeBigUInt64LE(BigInt(bits), 16);
  entry.writeBigUInt64LE(BigInt(text.length), 24);
  entry.write(text, 32);
  return entry;
}

function logOf(...entries: readonly Buffer[]): Buffer {
  const first = Buffer.alloc(sector);
  first.writeBigUInt64LE(0x6a_73_66_77_73_68_72n, 0);
  first.writeBigUInt64LE(1n, 8);
  first.writeBigUInt64LE(BigInt(entries.length), 16);
  first.writeUInt32LE(sector, 24);
  return Buffer.concat([first, ...entries]);
}

const withData = (entry: Buffer, fill: number): Buffer =>
  Buffer.concat([entry, Buffer.alloc(2 * sector, fill)]);

test("writes, flushes, discards and marks are told apart, and writes are done again in their order", async () => {
  await using folder = await tempFolder();
  const [log, disk] = [join(folder.path, "log"), join(folder.path, "disk")];
  await writeFile(
    log,
    logOf(
      withData(head(1, 2, 0), 7),
      head(0, 0, 1),
      head(4, 100, 4),
      head(0, 0, 8, "4711"),
      withData(head(2, 2, 2), 9),
    ),
  );
  await writeFile(disk, Buffer.alloc(8 * sector));
  const [from, to] = [openSync(log, "r"), openSync(disk, "r+")];
  const entries = readWriteLog(from);
  for (const entry of entries) replay(from, entry, to);
  closeSync(from);
  closeSync(to);
  expect(entries.map(({ isBarrier }) => isBarrier)).toEqual([false, true, false, false, true]);
  expect(entries.map(({ mark }) => mark)).toEqual([null, null, null, "4711", null]);
  const bytes = await readFile(disk);
  expect([0, 1, 2, 3, 4].map((at) => bytes[at * sector])).toEqual([0, 7, 9, 9, 0]);
});

test("a log that ends in the middle, or is none, is said to be corrupt", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "log");
  for (const bytes of [logOf(head(1, 2, 0)), Buffer.alloc(sector)]) {
    await writeFile(path, bytes);
    const file = openSync(path, "r");
    expect(() => {
      const entries = readWriteLog(file);
      for (const entry of entries) replay(file, entry, file);
    }).toThrow(/log/u);
    closeSync(file);
  }
});
