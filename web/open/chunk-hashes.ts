/**
 * Chunk hashes: SHA-256 of each chunk of a file that lies in several pieces, as a grant lists them.
 *
 * The pieces are not joined: a fragment is hashed where it lies. noble's SHA-256, because a browser's
 * own needs a secure context, which a doorbell on plain HTTP is not.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { chunkBytes } from "../../daemon/consent/parcel.ts";

export interface Hashed {
  readonly bytes: number;
  /** Hex, of `chunkBytes` each; the last chunk is shorter. */
  readonly chunks: readonly string[];
}

export function hashChunks(pieces: readonly Uint8Array[]): Hashed {
  const chunks: string[] = [];
  let bytes = 0;
  let hash = sha256.create();
  for (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const room = chunkBytes - (bytes % chunkBytes);
      const part = piece.subarray(at, at + room);
      hash.update(part);
      at += part.length;
      bytes += part.length;
      if (bytes % chunkBytes > 0) continue;
      chunks.push(bytesToHex(hash.digest()));
      hash = sha256.create();
    }
  }
  if (bytes % chunkBytes > 0) chunks.push(bytesToHex(hash.digest()));
  return { bytes, chunks };
}
