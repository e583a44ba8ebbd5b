/**
 * Signed shape: what a signed message looks like before and after its signature is checked, for Node
 * (verify.ts) and for browsers (verify-in-browser.ts), which differ in the one call that does the curve.
 *
 * Throws Fault `invalid` (not an envelope, not the wanted type, payload of another shape) or `denied` (a
 * key that may not sign this), each before or after the signature as the order of calls in verify.ts has it.
 */
import { z, type ZodType } from "zod";
import { Fault } from "../../hal/fault.ts";
import { fromBase64Url } from "./base64url.ts";
import { signedBytes, type PayloadType } from "./envelope.ts";

/** Larger than any message of ours by far. */
const maxPayloadChars = 512 * 1024;
const base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/u, "not base64url");

/** An Ed25519 public key, base64url of 32 bytes. */
export const signKeySchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/u, "not a signing key");

export const envelopeSchema = z.strictObject({
  payloadType: z.string().max(100),
  payload: base64Url.max(maxPayloadChars),
  signatures: z.array(z.strictObject({ keyid: signKeySchema, sig: base64Url.length(86) })).length(1),
});

export interface Verified<T> {
  readonly value: T;
  /** Who signed: one of the keys that were asked for. */
  readonly signKey: string;
  /** Hex SHA-256 of the payload bytes: the message's own name. */
  readonly sha256: string;
}

export interface Wanted<T> {
  readonly type: PayloadType;
  readonly schema: ZodType<T>;
  /** May this key sign it? Asked before any cryptography. */
  readonly trusts: (signKey: string) => boolean;
  /** For messages: "privacy policy". */
  readonly what: string;
}

/** An envelope of the wanted type by a trusted key, whose signature is still to be checked. */
export interface Unchecked {
  readonly signKey: string;
  readonly sig: Uint8Array;
  readonly payload: Uint8Array;
  /** What `sig` must be over. */
  readonly signed: Uint8Array;
}

export function readEnvelope<T>(input: unknown, { type, trusts, what }: Wanted<T>): Unchecked {
  const parsed = envelopeSchema.safeParse(input);
  if (!parsed.success)
    throw new Fault("invalid", `${what} is not a signed message: ${firstIssue(parsed.error)}`);
  const { payloadType, payload, signatures } = parsed.data;
  const [signature] = signatures;
  if (payloadType !== type) throw new Fault("invalid", `${what} has the type ${payloadType}, not ${type}`);
  if (signature === undefined || !trusts(signature.keyid))
    throw new Fault("denied", `${what} is signed by a key that may not sign it`);
  const bytes = fromBase64Url(payload);
  const sig = fromBase64Url(signature.sig);
  if (bytes === null || sig === null) throw new Fault("invalid", `${what} is not base64url`);
  return { signKey: signature.keyid, sig, payload: bytes, signed: signedBytes(payloadType, bytes) };
}

/** Only after the signature fitted: the same bytes, by one strict schema. */
export function readPayload<T>(payload: Uint8Array, { schema, what }: Wanted<T>): T {
  const value = schema.safeParse(jsonOf(payload, what));
  if (!value.success) throw new Fault("invalid", `${what} is not valid: ${firstIssue(value.error)}`);
  return value.data;
}

function jsonOf(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Fault("invalid", `${what} is not JSON`, { cause: error });
  }
}

function firstIssue({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".") || "message"}: ${message}`).join("; ");
}
