/**
 * Verify in a browser: what verify.ts answers, with noble's curve instead of Node's.
 *
 * Some milliseconds a signature: for the few messages that a page shows, not for a feed. Noble's rules
 * for odd points are ZIP 215's, Node's are OpenSSL's; a key that an honest program made fits both.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Fault } from "../../hal/fault.ts";
import { fromBase64Url } from "./base64url.ts";
import { readEnvelope, readPayload, type Verified, type Wanted } from "./signed-shape.ts";

/** Throws as `verifyEnvelope`. */
export function verifyInBrowser<T>(input: unknown, wanted: Wanted<T>): Verified<T> {
  const { signKey, sig, payload, signed } = readEnvelope(input, wanted);
  if (!fits(sig, signed, signKey))
    throw new Fault("denied", `the signature of the ${wanted.what} does not fit`);
  return { value: readPayload(payload, wanted), signKey, sha256: bytesToHex(sha256(payload)) };
}

function fits(sig: Uint8Array, signed: Uint8Array, signKey: string): boolean {
  const point = fromBase64Url(signKey);
  try {
    return point !== null && ed25519.verify(sig, signed, point);
  } catch {
    return false; // no point of the curve
  }
}
