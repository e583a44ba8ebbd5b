/**
 * Seal: the one door through which pictures reach the disk.
 *
 * Durable and atomic (durable.ts). What is written is always an age file that the viewers given can
 * open, under the temporary name too; there is no way to ask for anything else. Size and hash are
 * of the bytes as they lie on the disk. Milliseconds of CPU for a fragment (README.md), so it is
 * done where it is called, which is a job of the disk queue.
 */
import { createHash } from "node:crypto";
import { Fault } from "../../hal/fault.ts";
import { readableFile } from "../files/modes.ts";
import type { Recipient } from "./age/keys.ts";
import { seal } from "./age/seal.ts";
import { writeDurable } from "./durable.ts";

export interface Sealed {
  readonly bytes: number;
  /** Hex, of the bytes on the disk. */
  readonly sha256: string;
}

/** What becomes of a recording that nobody could open. */
export function noViewers(): Fault {
  return new Fault("unavailable", "nothing is recorded: nobody is enrolled who could open it", {
    hint: "pair the doorbell with its owner's page (sill pair shows the code)",
  });
}

/**
 * Throws Fault `exhausted` when the disk is full, `unavailable` without viewers; no half file is
 * left behind.
 */
export async function writeSealed(
  path: string,
  plain: Uint8Array,
  viewers: readonly Recipient[],
): Promise<Sealed> {
  if (viewers.length === 0) throw noViewers();
  const bytes = seal(plain, viewers);
  await writeDurable(path, bytes, readableFile);
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
