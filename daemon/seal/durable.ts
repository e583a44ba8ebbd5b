/**
 * Durable: a file that is there as a whole or not at all, and stays through a power cut.
 *
 * Written to a temporary name, fsynced, renamed, folder fsynced. For what the device must read
 * again (manifests, policy); pictures go through write.ts, which seals them first. For its user alone
 * unless a mode says otherwise (daemon/files/modes.ts).
 */
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { toFault } from "../../hal/fault.ts";
import { privateFile } from "../files/modes.ts";

/** Throws Fault `exhausted` when the disk is full; no half file is left behind. */
export async function writeDurable(path: string, bytes: Uint8Array, mode = privateFile): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    await writeSynced(temporary, bytes, mode);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell
    throw toFault(error, `cannot write ${basename(path)}`);
  }
}

/** The same for what is told as JSON, on one line. */
export function writeDurableJson(path: string, value: unknown, mode = privateFile): Promise<void> {
  return writeDurable(path, new TextEncoder().encode(`${JSON.stringify(value)}\n`), mode);
}

async function writeSynced(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, "w", mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames and new entries of a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
