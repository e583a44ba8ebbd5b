/**
 * Seal: the one door through which pictures reach the disk.
 *
 * Durable and atomic (durable.ts). With a sealer only what it makes of the bytes is written, under
 * the temporary name too. Size and hash are of the bytes as they lie on the disk.
 */
import { createHash } from "node:crypto";
import { writeDurable } from "./durable.ts";

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
  const bytes = options.seal === undefined ? plain : options.seal(plain);
  await writeDurable(path, bytes);
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
