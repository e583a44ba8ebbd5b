/**
 * Check number: six digits of somebody's public keys, for two people who compare two screens.
 *
 * Each screen counts it from the keys it has itself. It tells apart who asks to be let in; 20 bits
 * are no proof against a doorbell that makes up keys until the digits fit.
 */
import { sha256 } from "@noble/hashes/sha2.js";

export interface CheckedKeys {
  readonly signKey: string;
  readonly sealTo: string | null;
}

export function checkNumber({ signKey, sealTo }: CheckedKeys): string {
  const hash = sha256(new TextEncoder().encode(`sill check v1\n${signKey}\n${sealTo ?? ""}\n`));
  const value = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return String(value % 1_000_000).padStart(6, "0");
}
