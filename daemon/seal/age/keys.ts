/**
 * Keys: whom a file is sealed to (recipient), and who opens it (identity).
 *
 * Both keep Node's key object, so that sealing does not make it again for every fragment. An
 * identity shows no secret when printed or logged; only `formatIdentity` gives it out.
 */
import type { KeyObject } from "node:crypto";
import { Fault } from "../../../hal/fault.ts";
import { decodeBech32, encodeBech32 } from "./bech32.ts";
import {
  exportSecret,
  generateKeyPair,
  importPoint,
  keyPairFrom,
  pointBytes,
  secretBytes,
  sharedSecret,
} from "./x25519.ts";

export interface Recipient {
  /** `age1...` */
  readonly text: string;
  readonly point: Uint8Array;
  readonly key: KeyObject;
}

export interface Identity {
  readonly point: Uint8Array;
  readonly key: KeyObject;
}

const recipientPrefix = "age";
const identityPrefix = "AGE-SECRET-KEY-";
const { secret: probe } = generateKeyPair();

/** `age1...` as a recipient. Throws Fault `invalid`, also for points that protect nothing. */
export function parseRecipient(text: string): Recipient {
  const point = decodeKey(text, { what: "recipient", prefix: recipientPrefix, bytes: pointBytes });
  const key = importPoint(point);
  if (sharedSecret(probe, key) === null)
    throw new Fault("invalid", "recipient: it is a low-order point, which protects nothing");
  return { text, point, key };
}

/** `AGE-SECRET-KEY-1...` as an identity. Throws Fault `invalid`, without repeating the text. */
export function parseIdentity(text: string): Identity {
  const secret = decodeKey(text, { what: "identity", prefix: identityPrefix, bytes: secretBytes });
  try {
    return identityFromSecret(secret);
  } finally {
    secret.fill(0);
  }
}

/** The identities of a key file as `age-keygen` writes it: one a line, `#` starts a comment. */
export function parseIdentities(text: string): Identity[] {
  const identities = text.split(/\r?\n/u).flatMap((line, i) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    try {
      return [parseIdentity(line.trim())];
    } catch (error) {
      throw error instanceof Fault ? new Fault("invalid", `line ${i + 1}: ${error.message}`) : error;
    }
  });
  if (identities.length === 0)
    throw new Fault("invalid", "no identity in the key file", {
      hint: `one line of it starts with ${identityPrefix}1`,
    });
  return identities;
}

/** `secret`: 32 bytes, any; X25519 clamps them. */
export function identityFromSecret(secret: Uint8Array): Identity {
  const { secret: key, point } = keyPairFrom(secret);
  return { key, point };
}

export function generateIdentity(): Identity {
  const { secret: key, point } = generateKeyPair();
  return { key, point };
}

export function recipientOf(identity: Identity): Recipient {
  return parseRecipient(encodeBech32(recipientPrefix, identity.point));
}

/** The secret itself: only for showing it to its owner. */
export function formatIdentity(identity: Identity): string {
  return encodeBech32(identityPrefix, exportSecret(identity.key));
}

function decodeKey(
  text: string,
  { what, prefix, bytes }: { what: string; prefix: string; bytes: number },
): Uint8Array {
  let decoded: Uint8Array;
  try {
    decoded = decodeBech32(prefix, text);
  } catch (error) {
    throw error instanceof Fault ? new Fault("invalid", `${what}: ${error.message}`) : error;
  }
  if (decoded.length !== bytes)
    throw new Fault("invalid", `${what}: it holds ${decoded.length} bytes; ${bytes} are needed`);
  return decoded;
}
