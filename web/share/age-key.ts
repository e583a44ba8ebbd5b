/**
 * Age key: a neighbour's key as it is pasted, and a fresh one for a link.
 *
 * The secret half of a link's key goes into the link and nowhere else: not to the doorbell, not into
 * storage.
 */
import { x25519 } from "@noble/curves/ed25519.js";
import { decodeBech32, encodeBech32 } from "../../daemon/seal/age/bech32.ts";
import { isRecipient } from "../../daemon/seal/age/recipient-text.ts";
import { Fault } from "../../hal/fault.ts";

export type KeyFlaw = "empty" | "secret" | "wrong";

/** What is wrong with what was pasted; null = `age1...` that something can be sealed to. */
export function flawOf(pasted: string): KeyFlaw | null {
  const text = pasted.trim();
  if (text === "") return "empty";
  if (/^age-secret-key-/iu.test(text)) return "secret";
  return isRecipient(text) ? null : "wrong";
}

/** Throws Fault `invalid`. */
export function pointOf(recipient: string): Uint8Array {
  if (!isRecipient(recipient)) throw new Fault("invalid", "not an age recipient (age1...)");
  return decodeBech32("age", recipient);
}

export interface LinkKey {
  readonly sealTo: string;
  /** `AGE-SECRET-KEY-1...` */
  readonly secret: string;
}

export function newLinkKey(): LinkKey {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const key = {
    sealTo: encodeBech32("age", x25519.getPublicKey(secret)),
    secret: encodeBech32("AGE-SECRET-KEY-", secret),
  };
  secret.fill(0);
  return key;
}

/** What follows "#" never reaches a server. `shareDock`: `{portal}/dock/shares`. */
export function linkOf(shareDock: string, grant: string, secret: string): string {
  return `${shareAddress(shareDock, grant)}#${secret}`;
}

/** Where a share is seen, without its key. */
export function shareAddress(shareDock: string, grant: string): string {
  return `${shareDock.replace(/\/dock\/shares\/?$/u, "")}/s/${grant}`;
}
