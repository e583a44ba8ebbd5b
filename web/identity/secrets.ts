/**
 * Secrets: what the page does with a seed. Loaded when first needed: it brings the curves along.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64Url } from "../../daemon/identity/base64url.ts";
import { challengeBytes } from "../../daemon/identity/challenge.ts";

export { checkNumber } from "../../daemon/identity/check-number.ts";
export { boardKeyOf, keysOf, seedBytes, signEnvelope } from "../../daemon/identity/keys.ts";

export interface Challenge {
  readonly device: string;
  readonly nonce: string;
  /** Base64url, by the device key. */
  readonly sig: string;
}

/** Is it the doorbell with this key that asks? */
export function isFrom(device: string, challenge: Challenge): boolean {
  const sig = fromBase64Url(challenge.sig);
  const key = fromBase64Url(device);
  if (challenge.device !== device || sig?.length !== 64 || key?.length !== 32) return false;
  try {
    return ed25519.verify(sig, challengeBytes({ device, nonce: challenge.nonce }), key);
  } catch {
    return false; // bytes that are no signature at all
  }
}
