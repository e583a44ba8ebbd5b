/**
 * Verify: is this envelope of the wanted type, signed by one of these keys? Then, and only then,
 * its payload is parsed: the same bytes that were verified, by one strict schema.
 *
 * Throws Fault `invalid` (not an envelope, not the wanted type, payload of another shape) or
 * `denied` (a key that may not sign this, a signature that does not fit). Node's; a browser has
 * verify-in-browser.ts, with the same answers.
 */
import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { Fault } from "../../hal/fault.ts";
import { readEnvelope, readPayload, type Verified, type Wanted } from "./signed-shape.ts";

export { envelopeSchema, signKeySchema, type Verified, type Wanted } from "./signed-shape.ts";

export function verifyEnvelope<T>(input: unknown, wanted: Wanted<T>): Verified<T> {
  const { signKey, sig, payload, signed } = readEnvelope(input, wanted);
  if (!verify(null, signed, publicKeyOf(signKey), sig))
    throw new Fault("denied", `the signature of the ${wanted.what} does not fit`);
  const sha256 = createHash("sha256").update(payload).digest("hex");
  return { value: readPayload(payload, wanted), signKey, sha256 };
}

/** Throws Fault `invalid` for what is no point of the curve. */
export function publicKeyOf(signKey: string): KeyObject {
  try {
    return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: signKey } });
  } catch (error) {
    throw new Fault("invalid", "not an Ed25519 public key", { cause: error });
  }
}
