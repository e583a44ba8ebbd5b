/**
 * Seal: bytes into an age file for one recipient, in a browser: the cover letter of a parcel.
 *
 * Needs no secret of the viewer. Written as daemon/seal/age writes files.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { randomBytes, sealHeader } from "./header.ts";
import { nonceOf, payloadChunkBytes, payloadKey, tagBytes } from "./payload.ts";

const fileKeyBytes = 16;
const nonceBytes = 16;

/** `point`: the recipient's, 32 bytes. Throws Fault `invalid` for one that protects nothing. */
export function sealTo(point: Uint8Array, plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const fileKey = randomBytes(fileKeyBytes);
  const nonce = randomBytes(nonceBytes);
  const header = sealHeader(fileKey, point, randomBytes(32));
  const key = payloadKey(fileKey, nonce);
  fileKey.fill(0);
  const count = Math.max(1, Math.ceil(plain.length / payloadChunkBytes));
  const file = new Uint8Array(header.length + nonceBytes + plain.length + count * tagBytes);
  file.set(header);
  file.set(nonce, header.length);
  let at = header.length + nonceBytes;
  for (let index = 0; index < count; index += 1) {
    const chunk = plain.subarray(index * payloadChunkBytes, (index + 1) * payloadChunkBytes);
    const out = file.subarray(at, at + chunk.length + tagBytes);
    chacha20poly1305(key, nonceOf(index, index === count - 1)).encrypt(chunk, out);
    at += out.length;
  }
  return file;
}
