/**
 * Stanza: one file key, wrapped for one X25519 recipient, and unwrapped again.
 *
 * Each stanza has a key pair of its own; what it shares with the recipient wraps the file key.
 * Nothing in a stanza tells whom it is for: an identity tries each.
 */
import { Fault } from "../../../hal/fault.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { Stanza } from "./header-text.ts";
import type { Identity, Recipient } from "./keys.ts";
import { decrypt, deriveKey, encrypt, tagBytes } from "./primitives.ts";
import type { Randomness } from "./randomness.ts";
import { importPoint, pointBytes, sharedSecret } from "./x25519.ts";

export const fileKeyBytes = 16;

const type = "X25519";
const info = "age-encryption.org/v1/X25519";
const nonce = new Uint8Array(12); // each wrap key is used once

export function wrapFileKey(fileKey: Uint8Array, recipient: Recipient, randomness: Randomness): Stanza {
  const { secret, point } = randomness.keyPair();
  const shared = sharedSecret(secret, recipient.key);
  if (shared === null)
    throw new Fault("invalid", "recipient: it is a low-order point, which protects nothing");
  const body = new Uint8Array(fileKeyBytes + tagBytes);
  const key = deriveKey({ secret: shared, salt: Buffer.concat([point, recipient.point]), info });
  encrypt({ key, nonce }, fileKey, body);
  return { args: [type, encodeBase64(point)], body };
}

/**
 * The file key that the first fitting stanza holds; null when none is for these identities.
 * Throws Fault `corrupt` for stanzas that no honest writer makes; other types are skipped.
 */
export function unwrapFileKey(
  stanzas: readonly Stanza[],
  identities: readonly Identity[],
): Uint8Array | null {
  if (stanzas.length > 1 && stanzas.some(({ args }) => args[0] === "scrypt"))
    throw new Fault("corrupt", "age header: a passphrase must be the only recipient");
  const shares = stanzas.filter(({ args }) => args[0] === type).map(parseShare);
  for (const { point, body } of shares) {
    const key = importPoint(point);
    for (const identity of identities) {
      const shared = sharedSecret(identity.key, key);
      if (shared === null) throw new Fault("corrupt", "age header: a recipient's share is a low-order point");
      const salt = Buffer.concat([point, identity.point]);
      const fileKey = decrypt({ key: deriveKey({ secret: shared, salt, info }), nonce }, body);
      if (fileKey !== null) return fileKey;
    }
  }
  return null;
}

function parseShare({ args, body }: Stanza) {
  const point = args.length === 2 && args[1] !== undefined ? decodeBase64(args[1]) : null;
  if (point?.length !== pointBytes)
    throw new Fault(
      "corrupt",
      `age header: an ${type} recipient has exactly one share of ${pointBytes} bytes`,
    );
  if (body.length !== fileKeyBytes + tagBytes)
    throw new Fault(
      "corrupt",
      `age header: an ${type} body has ${body.length} bytes, not ${fileKeyBytes + tagBytes}`,
    );
  return { point, body };
}
