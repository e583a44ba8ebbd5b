/**
 * Keys: what one 32-byte seed makes of a person: a seal key (age X25519), a signing key (Ed25519), and
 * the key (Ed25519) with which they write on a neighbours' board.
 *
 * Each secret is HKDF-SHA-256 of the seed (RFC 5869) with an empty salt and its own label, so that
 * no key tells anything of another or of the seed: who reads the board learns no key of a house. The labels are part of the format: the
 * same recovery words give the same keys for ever.
 *
 * The secret side: runs in the owner's browser and in the command line, never in the daemon's
 * processes, which only ever hold `signKey` and `sealTo`.
 */
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { assert } from "../../hal/fault.ts";
import { encodeBech32 } from "../seal/age/bech32.ts";
import { toBase64Url } from "./base64url.ts";
import { signedBytes, type Envelope, type PayloadType } from "./envelope.ts";

export const seedBytes = 32;
export const sealLabel = "sill v1 seal x25519";
export const signLabel = "sill v1 sign ed25519";
export const boardLabel = "sill v1 board ed25519";

/** What others may know of a person's keys. */
export interface PublicKeys {
  /** Ed25519 public key, base64url. */
  readonly signKey: string;
  /** age recipient, `age1...`. */
  readonly sealTo: string;
}

export interface Keys extends PublicKeys {
  /** `AGE-SECRET-KEY-1...`: opens every recording that was sealed to `sealTo`. */
  readonly sealIdentity: string;
  readonly sealSecret: Uint8Array;
  readonly signSecret: Uint8Array;
}

export type SigningKey = Pick<Keys, "signKey" | "signSecret">;

export function keysOf(seed: Uint8Array): Keys {
  const sealSecret = sealSecretOf(seed);
  return {
    sealSecret,
    ...signingKeyOf(seed, signLabel),
    sealTo: encodeBech32("age", x25519.getPublicKey(sealSecret)),
    sealIdentity: encodeBech32("AGE-SECRET-KEY-", sealSecret),
  };
}

/** What opens recordings, alone: cheaper than both keys. */
export function sealSecretOf(seed: Uint8Array): Uint8Array {
  return secretOf(seed, sealLabel);
}

/** For posts on a board and nothing else. */
export function boardKeyOf(seed: Uint8Array): SigningKey {
  return signingKeyOf(seed, boardLabel);
}

function signingKeyOf(seed: Uint8Array, label: string): SigningKey {
  const signSecret = secretOf(seed, label);
  return { signKey: toBase64Url(ed25519.getPublicKey(signSecret)), signSecret };
}

function secretOf(seed: Uint8Array, label: string): Uint8Array {
  assert(seed.length === seedBytes, `a seed has ${seedBytes} bytes, not ${seed.length}`);
  return hkdf(sha256, seed, undefined, new TextEncoder().encode(label), 32);
}

/** `value` as JSON, signed; the receiver checks it against the schema of its type. */
export function signEnvelope(
  { signKey, signSecret }: SigningKey,
  payloadType: PayloadType,
  value: unknown,
): Envelope {
  const payload = new TextEncoder().encode(JSON.stringify(value));
  const sig = ed25519.sign(signedBytes(payloadType, payload), signSecret);
  return {
    payloadType,
    payload: toBase64Url(payload),
    signatures: [{ keyid: signKey, sig: toBase64Url(sig) }],
  };
}
