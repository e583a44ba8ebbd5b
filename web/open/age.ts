/**
 * Age: opens one sealed file (https://c2sp.org/age) with the viewer's key, in a browser.
 *
 * The header's letters are read by the same strict reader as on the doorbell; X25519, HKDF and
 * ChaCha20-Poly1305 are noble's, because browsers have no ChaCha20 of their own. Pure, and slow
 * enough (see README.md) to belong in a worker.
 *
 * Throws Fault `denied` (sealed to other keys), `corrupt` (cut off or changed; nothing of it is
 * given out), `invalid` (no age v1 file).
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBase64 } from "../../daemon/seal/age/base64.ts";
import { parseHeaderText, type HeaderText } from "../../daemon/seal/age/header-text.ts";
import { Fault } from "../../hal/fault.ts";
import { openPayload } from "./payload.ts";

const ascii = new TextEncoder();
const shareInfo = ascii.encode("age-encryption.org/v1/X25519");
const wrapNonce = new Uint8Array(12); // each wrap key is used once
const shareBytes = 32;
const wrappedBytes = 32;

export interface Opener {
  open(file: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** `secret`: 32 bytes, the X25519 half of the viewer's keys. */
export function openerWith(secret: Uint8Array): Opener {
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
    const shared = secretWith(share);
    const key = hkdf(sha256, shared, concat(share, point), shareInfo, 32);
    return decrypted(key, wrapNonce, body);
  };

  const secretWith = (share: Uint8Array): Uint8Array => {
    try {
      return x25519.getSharedSecret(secret, share);
    } catch (error) {
      throw new Fault("corrupt", "age header: a recipient's share is a low-order point", { cause: error });
    }
  };

  return {
    open(file) {
      const header = parseHeaderText(file);
      if (header.stanzas.length > 1 && header.stanzas.some(({ args }) => args[0] === "scrypt"))
        throw new Fault("corrupt", "age header: a passphrase must be the only recipient");
      const fileKey = fileKeyIn(header);
      checkMac(header, fileKey);
      return openPayload(file.subarray(header.bytes), fileKey);
    },
  };
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

/** Whoever opens a header knows by its MAC that nobody without the file key changed it. */
function checkMac({ mac, covered }: HeaderText, fileKey: Uint8Array): void {
  const key = hkdf(sha256, fileKey, undefined, ascii.encode("header"), 32);
  const expected = hmac(sha256, key, covered);
  if (!expected.every((byte, i) => byte === mac[i]))
    throw new Fault("corrupt", "age header: its MAC does not match; it was changed after sealing");
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
