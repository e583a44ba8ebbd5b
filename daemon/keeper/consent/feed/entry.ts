/**
 * Entry: what a line of the public log is, before any signature is asked.
 *
 * Gives the payload's bytes and JSON and who claims to have signed; or the reject code of what is no message.
 * Nothing of it may be acted on before `isSignedBy` says yes.
 */
import { hash, verify, type KeyObject } from "node:crypto";
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
const latin1 = new TextDecoder("latin1");

export function readEntry(bytes: Uint8Array): Entry | RejectCode {
  if (bytes.length > maxEntryBytes) return "too-long";
  const envelope = asWritten(bytes) ?? asJson(bytes);
  // one spelling per payload: a second one would be a second entry with the same hash
  if (envelope === null || !isOneSpelling(envelope.payload)) return "bad-shape";
  const payload = Buffer.from(envelope.payload, "base64url");
  return { ...envelope, payload, json: jsonOf(payload) };
}

type Envelope = Pick<Entry, "payloadType" | "signKey" | "sig"> & { readonly payload: string };

/** Letter for letter as our own programs write it: a third of the time of reading any JSON. */
const written =
  /^\{"payloadType":"([a-z0-9/.+-]{1,100})","payload":"([A-Za-z0-9_-]*)","signatures":\[\{"keyid":"([A-Za-z0-9_-]{43})","sig":"([A-Za-z0-9_-]{86})"\}\]\}$/u;

function asWritten(bytes: Uint8Array): Envelope | null {
  const [, payloadType, payload, signKey, sig] = written.exec(latin1.decode(bytes)) ?? [];
  if (payloadType === undefined || payload === undefined || signKey === undefined || sig === undefined)
    return null;
  return { payloadType, payload, signKey, sig };
}

function asJson(bytes: Uint8Array): Envelope | null {
  const { data } = envelopeSchema.safeParse(jsonOf(bytes));
  const [signature] = data?.signatures ?? [];
  if (data === undefined || signature === undefined) return null;
  return {
    payloadType: data.payloadType,
    payload: data.payload,
    signKey: signature.keyid,
    sig: signature.sig,
  };
}

/** The bits of the last letter that stand for nothing are 0. */
function isOneSpelling(base64Url: string): boolean {
  const last = base64Url.at(-1) ?? "";
  switch (base64Url.length % 4) {
    case 2:
      return "AQgw".includes(last);
    case 3:
      return "AEIMQUYcgkosw048".includes(last);
    default:
      return base64Url.length % 4 === 0;
  }
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
  return hash("sha256", payload);
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
