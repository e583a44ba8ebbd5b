/**
 * Header: the file key out of an age header with the viewer's key, and a new header around it.
 *
 * The letters are read by the same strict reader as on the doorbell; X25519, HKDF, HMAC and
 * ChaCha20-Poly1305 are noble's, because browsers have no ChaCha20 of their own. What is written here
 * is what daemon/seal/age writes for one X25519 recipient, byte for byte. Pure.
 *
 * The caller overwrites the file key when it has been used. Throws Fault `denied` (sealed to other
 * keys), `corrupt` (cut off or changed), `invalid` (no age v1 file, or a recipient that protects nothing).
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBase64, encodeBase64 } from "../../daemon/seal/age/base64.ts";
import {
  formatCovered,
  formatMac,
  parseHeaderText,
  type HeaderText,
} from "../../daemon/seal/age/header-text.ts";
import { Fault } from "../../hal/fault.ts";

const ascii = new TextEncoder();
const shareInfo = ascii.encode("age-encryption.org/v1/X25519");
const wrapNonce = new Uint8Array(12); // each wrap key is used once
const shareBytes = 32;
const wrappedBytes = 32;

export interface OpenedHeader {
  readonly fileKey: Uint8Array;
  /** Where the payload begins. */
  readonly bytes: number;
}

/** What opens headers. `secret`: 32 bytes, the X25519 half of the viewer's keys. */
export function headerOpenerWith(secret: Uint8Array): (file: Uint8Array) => OpenedHeader {
  const point = x25519.getPublicKey(secret);
  /** Files of one household name their viewers in one order: the place that fitted is tried first. */
  let likely = 0;

  const fileKeyIn = ({ stanzas }: HeaderText): Uint8Array => {
    const shares = stanzas.flatMap(({ args, body }) => (args[0] === "X25519" ? [shareOf(args, body)] : []));
    const order = [...shares.keys()].sort((a, b) => Number(b === likely) - Number(a === likely));
    for (const index of order) {
      const share = shares[index];
      const fileKey = share === undefined ? null : unwrap(share);
      if (fileKey === null) continue;
      likely = index;
      return fileKey;
    }
    throw new Fault("denied", "this was not sealed to your key", {
      hint: "it was recorded before you were let in; a person who was there then can open it",
    });
  };

  const unwrap = ({ share, body }: Share): Uint8Array | null => {
    const key = wrapKey({ secret, other: share, share, point });
    if (key === null) throw new Fault("corrupt", "age header: a recipient's share is a low-order point");
    return decrypted(key, wrapNonce, body);
  };

  return (file) => {
    const header = parseHeaderText(file);
    if (header.stanzas.length > 1 && header.stanzas.some(({ args }) => args[0] === "scrypt"))
      throw new Fault("corrupt", "age header: a passphrase must be the only recipient");
    const fileKey = fileKeyIn(header);
    checkMac(header, fileKey);
    return { fileKey, bytes: header.bytes };
  };
}

/**
 * A header for one recipient. `share`: 32 random bytes that are used for nothing else and overwritten
 * here.
 */
export function sealHeader(fileKey: Uint8Array, point: Uint8Array, share: Uint8Array): Uint8Array {
  const shown = x25519.getPublicKey(share);
  const key = wrapKey({ secret: share, other: point, share: shown, point });
  share.fill(0);
  if (key === null) throw new Fault("invalid", "recipient: it is a low-order point, which protects nothing");
  const body = chacha20poly1305(key, wrapNonce).encrypt(fileKey);
  key.fill(0);
  const covered = formatCovered([{ args: ["X25519", encodeBase64(shown)], body }]);
  return ascii.encode(covered + formatMac(macOf(ascii.encode(covered), fileKey)));
}

export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

interface Share {
  readonly share: Uint8Array;
  readonly body: Uint8Array;
}

function shareOf(args: readonly string[], body: Uint8Array): Share {
  const share = args.length === 2 && args[1] !== undefined ? decodeBase64(args[1]) : null;
  if (share?.length !== shareBytes || body.length !== wrappedBytes)
    throw new Fault("corrupt", "age header: a recipient has the wrong size");
  return { share, body };
}

interface Agreement {
  readonly secret: Uint8Array;
  readonly other: Uint8Array;
  /** What stands in the header, and whom it is for. */
  readonly share: Uint8Array;
  readonly point: Uint8Array;
}

/** Null: the other point is of low order. */
function wrapKey({ secret, other, share, point }: Agreement): Uint8Array | null {
  const shared = sharedSecret(secret, other);
  if (shared === null) return null;
  const key = hkdf(sha256, shared, concat(share, point), shareInfo, 32);
  shared.fill(0);
  return key;
}

function sharedSecret(secret: Uint8Array, point: Uint8Array): Uint8Array | null {
  try {
    return x25519.getSharedSecret(secret, point);
  } catch {
    return null; // noble refuses exactly the points that give zero
  }
}

/** Whoever opens a header knows by its MAC that nobody without the file key changed it. */
function checkMac({ mac, covered }: HeaderText, fileKey: Uint8Array): void {
  if (!macOf(covered, fileKey).every((byte, i) => byte === mac[i]))
    throw new Fault("corrupt", "age header: its MAC does not match; it was changed after sealing");
}

function macOf(covered: Uint8Array, fileKey: Uint8Array): Uint8Array {
  return hmac(sha256, hkdf(sha256, fileKey, undefined, ascii.encode("header"), 32), covered);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

function decrypted(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(key, nonce).decrypt(sealed);
  } catch {
    return null; // not the bytes that were encrypted with this key
  }
}
