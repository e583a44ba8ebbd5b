/**
 * Primitives: the two that age builds everything from, each with the one use age makes of it.
 *
 * HKDF-SHA-256 to 32 bytes (RFC 5869) and ChaCha20-Poly1305 without associated data (RFC 8439).
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from "node:crypto";
import type { KeyObject } from "node:crypto";

export const tagBytes = 16;

const cipherName = "chacha20-poly1305";
const options = { authTagLength: tagBytes } as const;

interface Derivation {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly info: string;
}

export function deriveKey({ secret, salt, info }: Derivation): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync("sha256", secret, salt, info, 32)));
}

export interface CipherUse {
  readonly key: KeyObject;
  /** 12 bytes, never twice with one key. */
  readonly nonce: Uint8Array;
}

/** Fills `out`, which is `tagBytes` longer than `plain`. */
export function encrypt({ key, nonce }: CipherUse, plain: Uint8Array, out: Uint8Array): void {
  const cipher = createCipheriv(cipherName, key, nonce, options);
  out.set(cipher.update(plain));
  cipher.final();
  out.set(cipher.getAuthTag(), plain.length);
}

/** Null when these are not the bytes that were encrypted; nothing of them is given out then. */
export function decrypt({ key, nonce }: CipherUse, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < tagBytes) return null;
  const cipher = createDecipheriv(cipherName, key, nonce, options);
  cipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = cipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    cipher.final();
  } catch {
    return null; // final() throws for a wrong tag and for nothing else
  }
  return plain;
}
