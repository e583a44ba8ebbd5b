/**
 * Seal: the one door through which recorded bytes reach the disk.
 *
 * Durable and atomic: written to a temporary name, fsynced, renamed, folder fsynced; a reader
 * sees the whole file or none, and after the promise resolves a power cut does not undo it.
 * Today bytes pass unchanged; sealing them to the owners' keys happens here and nowhere else.
 * The hash is of the bytes as they lie on the disk.
 */
import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join, basename } from "node:path";
import { toFault } from "../../hal/fault.ts";

export interface Sealed {
  readonly bytes: number;
  /** Hex, of the bytes on the disk. */
  readonly sha256: string;
}

/** Throws Fault `exhausted` when the disk is full; no half file is left behind. */
export async function writeSealed(path: string, plain: Uint8Array): Promise<Sealed> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(plain);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell
    throw toFault(error, `cannot write ${basename(path)}`);
  }
  return { bytes: plain.length, sha256: createHash("sha256").update(plain).digest("hex") };
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
