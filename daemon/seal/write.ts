/**
 * Seal: the one door through which recorded bytes reach the disk.
 *
 * Durable and atomic: written to a temporary name, fsynced, renamed, folder fsynced; a reader
 * sees the whole file or none, and after the promise resolves a power cut does not undo it.
 * With a sealer only what it makes of the bytes is written, under the temporary name too.
 * Size and hash are of the bytes as they lie on the disk.
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

export interface WriteOptions {
  /** Makes of the bytes what may lie on the disk (age/seal.ts); without it they pass unchanged. */
  readonly seal?: (plain: Uint8Array) => Uint8Array;
}

/** Throws Fault `exhausted` when the disk is full; no half file is left behind. */
export async function writeSealed(
  path: string,
  plain: Uint8Array,
  options: WriteOptions = {},
): Promise<Sealed> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    const bytes = options.seal === undefined ? plain : options.seal(plain);
    await writeDurably(temporary, bytes);
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell
    throw toFault(error, `cannot write ${basename(path)}`);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
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
