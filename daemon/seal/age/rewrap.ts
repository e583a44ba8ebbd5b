/**
 * Rewrap: hand a sealed file on to other recipients without touching its payload.
 *
 * Opens the header alone and writes one for the new recipients around the same file key; the
 * payload depends on that key only. Costs what a header costs, whatever the length of the file.
 *
 * New recipients learn the file key, so they could make other headers and payloads with it, as
 * whoever can open an age file can: what proves that bytes are the recorded ones is the hash in
 * the manifest, not the seal. Rewrapping takes nothing away from the old recipients.
 */
import { openHeader, sealHeader } from "./header.ts";
import type { Identity, Recipient } from "./keys.ts";
import { systemRandomness } from "./randomness.ts";
import type { Randomness } from "./randomness.ts";

export interface Rewrapped {
  /** The new file is this, then the old file from byte `payloadAt` on. */
  readonly header: Uint8Array;
  readonly payloadAt: number;
}

/** `file` may stop anywhere after its header. Throws as `open`; does not look at the payload. */
export function rewrap(
  file: Uint8Array,
  { identities, recipients }: { identities: readonly Identity[]; recipients: readonly Recipient[] },
  randomness: Randomness = systemRandomness,
): Rewrapped {
  const { fileKey, bytes } = openHeader(file, identities);
  const header = sealHeader(fileKey, recipients, randomness);
  fileKey.fill(0);
  return { header, payloadAt: bytes };
}
