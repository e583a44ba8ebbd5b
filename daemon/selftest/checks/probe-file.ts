/**
 * Probe file: one file of the self-test in the data folder, there while a check writes and gone afterwards.
 */
import { mkdir, open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../../../config/schema.ts";
import { toFault, type Fault } from "../../../hal/fault.ts";
import { privateFile, privateFolder } from "../../files/modes.ts";
import { dataPaths } from "../../wire/paths.ts";
import type { CheckResult } from "../check.ts";
import { failed } from "./said.ts";

export const probeName = "probe.bin";

/** Rejects with what the system says. */
export async function withProbe<T>({ data }: Settings, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const folder = dataPaths(data).selftest;
  await mkdir(folder, { recursive: true, mode: privateFolder });
  const path = join(folder, probeName);
  await rm(path, { force: true });
  const file = await open(path, "wx", privateFile);
  try {
    return await use(file);
  } finally {
    await file.close().catch(() => {}); // the write has told
    await rm(path, { force: true });
  }
}

const advice: Partial<Record<Fault["kind"], string>> = {
  exhausted: "the disk is full: lower storage.budgetMb, or make room for what is not Sill's",
  denied:
    "make the folder writable for the doorbell's user; a card that has worn out turns read-only by itself",
};

export function cannotWrite(error: unknown): CheckResult {
  const { kind, message } = toFault(error, "the data folder cannot be written");
  return failed(message, advice[kind] ?? "the disk reports an error: save what you need and change it");
}
