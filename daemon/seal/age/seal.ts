/**
 * Seal and open: whole age v1 files in memory (https://c2sp.org/age).
 *
 * For what fits into memory well, a fragment or a picture; stream.ts does the same for files of
 * any length. What is sealed can be opened by its recipients and not by who sealed it.
 */
import { Fault } from "../../../hal/fault.ts";
import { openHeader, sealHeader } from "./header.ts";
import type { Identity, Recipient } from "./keys.ts";
import { ChunkLine, chunkBytes, chunkCount, nonceBytes, payloadKey, sealedChunkBytes } from "./payload.ts";
import { tagBytes } from "./primitives.ts";
import { systemRandomness } from "./randomness.ts";
import type { Randomness } from "./randomness.ts";
import { fileKeyBytes } from "./stanza.ts";

export interface SealStart {
  readonly chunks: ChunkLine;
  /** Header and nonce: the file before its first chunk. */
  readonly head: Uint8Array;
}

export interface OpenStart {
  readonly chunks: ChunkLine;
  /** Where the first chunk is in the file. */
  readonly headBytes: number;
}

/** Draws a file key that only the recipients will know; each call a new one. */
export function startSealing(recipients: readonly Recipient[], randomness: Randomness): SealStart {
  const fileKey = randomness.bytes(fileKeyBytes);
  const nonce = randomness.bytes(nonceBytes);
  const head = Buffer.concat([sealHeader(fileKey, recipients, randomness), nonce]);
  const chunks = new ChunkLine(payloadKey(fileKey, nonce), head.length);
  fileKey.fill(0);
  return { chunks, head };
}

/** `file` may stop anywhere after header and nonce. Throws as `openHeader`. */
export function startOpening(file: Uint8Array, identities: readonly Identity[]): OpenStart {
  const { fileKey, bytes } = openHeader(file, identities);
  const headBytes = bytes + nonceBytes;
  if (file.length < headBytes)
    throw new Fault("corrupt", `age file cut off at byte ${file.length}, in its nonce`);
  const key = payloadKey(fileKey, file.subarray(bytes, headBytes));
  fileKey.fill(0);
  return { chunks: new ChunkLine(key, headBytes), headBytes };
}

/** A new age file that holds `plain`. `randomness` is for tests, see there. */
export function seal(
  plain: Uint8Array,
  recipients: readonly Recipient[],
  randomness: Randomness = systemRandomness,
): Uint8Array {
  const { chunks, head } = startSealing(recipients, randomness);
  const count = chunkCount(plain.length, chunkBytes);
  const file = Buffer.allocUnsafeSlow(head.length + plain.length + count * tagBytes);
  file.set(head);
  for (let i = 0; i < count; i += 1) {
    const chunk = plain.subarray(i * chunkBytes, (i + 1) * chunkBytes);
    const at = head.length + i * sealedChunkBytes;
    chunks.seal(chunk, file.subarray(at, at + chunk.length + tagBytes), i === count - 1);
  }
  return file;
}

/**
 * What an age file holds: all of it or nothing. Throws Fault `denied` when no identity fits,
 * `corrupt` (with where) when the file was cut or changed, `invalid` when it is no age v1 file.
 */
export function open(file: Uint8Array, identities: readonly Identity[]): Uint8Array {
  const { chunks, headBytes } = startOpening(file, identities);
  const payload = file.subarray(headBytes);
  const count = chunkCount(payload.length, sealedChunkBytes);
  // a last chunk shorter than a tag still leaves room for those before it, so that it is the one told
  const plain = Buffer.allocUnsafeSlow(Math.max((count - 1) * chunkBytes, payload.length - count * tagBytes));
  for (let i = 0; i < count; i += 1) {
    const chunk = payload.subarray(i * sealedChunkBytes, (i + 1) * sealedChunkBytes);
    plain.set(chunks.open(chunk, i === count - 1), i * chunkBytes);
  }
  return plain;
}
