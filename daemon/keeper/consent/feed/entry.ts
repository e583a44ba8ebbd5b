/**
 * Entry: what a line of the public log is, before any signature is asked.
 *
 * Gives the payload's bytes and JSON and who claims to have signed; or the reject code of what is no message.
 * Nothing of it may be acted on before `isSignedBy` says yes.
 */
import { createHash, verify, type KeyObject } from "node:crypto";
import { signedBytes } from "../../../identity/envelope.ts";
import { publicKeyOf } from "../../../identity/verify.ts";
import { envelopeSchema } from "../../../identity/signed-shape.ts";
import type { RejectCode } from "../../../consent/reject-codes.ts";
import { toFault } from "../../../../hal/fault.ts";

/** An entry of the log; the portal takes no longer one. */
export const maxEntryBytes = 16_384;

export interface Entry {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly json: unknown;
  readonly signKey: string;
  readonly sig: string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function readEntry(bytes: Uint8Array): Entry | RejectCode {
  if (bytes.length > maxEntryBytes) return "too-long";
  const envelope = envelopeSchema.safeParse(jsonOf(bytes));
  const [signature] = envelope.data?.signatures ?? [];
  if (!envelope.success || signature === undefined) return "bad-shape";
  const payload = Buffer.from(envelope.data.payload, "base64url");
  // one spelling per payload: a second one would be a second entry with the same hash
  if (payload.toString("base64url") !== envelope.data.payload) return "bad-shape";
  return {
    payloadType: envelope.data.payloadType,
    payload,
    json: jsonOf(payload),
    signKey: signature.keyid,
    sig: signature.sig,
  };
}

/** Null for what is no JSON. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return null;
  }
}

/** Hex SHA-256 of the payload. */
export function hashOf({ payload }: Entry): string {
  return createHash("sha256").update(payload).digest("hex");
}

/** The one costly question: some 120 us on a desktop's core. */
export class Signatures {
  /** Keys of agencies: few, and asked again and again. */
  readonly #keys = new Map<string, KeyObject | null>();

  fits({ payloadType, payload, signKey, sig }: Entry): boolean {
    const key = this.#keyOf(signKey);
    const bytes = Buffer.from(sig, "base64url");
    return key !== null && verify(null, signedBytes(payloadType, payload), key, bytes);
  }

  #keyOf(signKey: string): KeyObject | null {
    const known = this.#keys.get(signKey);
    if (known !== undefined) return known;
    if (this.#keys.size >= 1_024) this.#keys.clear();
    const key = keyOrNull(signKey);
    this.#keys.set(signKey, key);
    return key;
  }
}

function keyOrNull(signKey: string): KeyObject | null {
  try {
    return publicKeyOf(signKey);
  } catch (error) {
    if (toFault(error).kind === "invalid") return null; // no point of the curve
    throw error;
  }
}
