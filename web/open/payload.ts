/**
 * Payload: the chunks of 64 KiB behind an age header, opened into one piece of memory.
 *
 * The nonce of a chunk is its number and whether it is the last, so that a cut, a swap or a repeat
 * is found. All or nothing: a fragment that was damaged anywhere is not played.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Fault } from "../../hal/fault.ts";

const nonceBytes = 16;
export const tagBytes = 16;
export const payloadChunkBytes = 64 * 1024;
const sealedChunkBytes = payloadChunkBytes + tagBytes;
const info = new TextEncoder().encode("payload");

/** `payload`: everything after the header. Throws Fault `corrupt`. */
export function openPayload(payload: Uint8Array, fileKey: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.length < nonceBytes) throw new Fault("corrupt", "age file cut off in its nonce");
  const sealed = payload.subarray(nonceBytes);
  const count = Math.max(1, Math.ceil(sealed.length / sealedChunkBytes));
  const plainBytes = sealed.length - count * tagBytes;
  if (
    plainBytes < (count - 1) * payloadChunkBytes ||
    (count > 1 && plainBytes === (count - 1) * payloadChunkBytes)
  )
    throw new Fault("corrupt", `age payload, chunk ${count - 1}: it is cut off`);
  const key = payloadKey(fileKey, payload.subarray(0, nonceBytes));
  const plain = new Uint8Array(plainBytes);
  for (let index = 0; index < count; index += 1) {
    const chunk = sealed.subarray(index * sealedChunkBytes, (index + 1) * sealedChunkBytes);
    const at = index * payloadChunkBytes;
    const out = plain.subarray(at, at + chunk.length - tagBytes);
    openChunk({ key, nonce: nonceOf(index, index === count - 1), index }, chunk, out);
  }
  return plain;
}

export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdf(sha256, fileKey, nonce, info, 32);
}

interface Use {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly index: number;
}

function openChunk({ key, nonce, index }: Use, chunk: Uint8Array, out: Uint8Array): void {
  try {
    chacha20poly1305(key, nonce).decrypt(chunk, out);
  } catch (error) {
    throw new Fault("corrupt", `age payload, chunk ${index}: it is cut off or was changed`, { cause: error });
  }
}

export function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index); // of 11 bytes; 2^32 chunks are 256 TiB
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
