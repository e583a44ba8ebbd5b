/**
 * Entry: what one line of the public log says, for the index. An entry is the JSON of one envelope.
 *
 * Signatures are not checked again: what is in the log was checked before, and readers check for themselves.
 * Null = an entry that this version has no place for.
 */
import { createHash } from "node:crypto";
import { agencySchema } from "../../daemon/consent/agency.ts";
import { moderationSchema } from "../../daemon/consent/moderation.ts";
import { requestSchema, withdrawalSchema } from "../../daemon/consent/request.ts";
import { fromBase64Url } from "../../daemon/identity/base64url.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { envelopeSchema } from "../../daemon/identity/signed-shape.ts";
import type { Indexed } from "../store/store.ts";

export function encodeEntry(envelope: Envelope): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(envelope));
}

/** Hex SHA-256 of the payload: the message's own name. */
export function payloadHash({ payload }: Pick<Envelope, "payload">): string {
  return createHash("sha256")
    .update(fromBase64Url(payload) ?? new Uint8Array(0))
    .digest("hex");
}

export function readEntry(index: number, bytes: Uint8Array): Indexed | null {
  const envelope = envelopeSchema.safeParse(jsonOf(bytes)).data;
  if (envelope === undefined) return null;
  const value = jsonOf(fromBase64Url(envelope.payload) ?? new Uint8Array(0));
  const hash = payloadHash(envelope);
  switch (envelope.payloadType) {
    case payloadTypes.agency: {
      const profile = agencySchema.safeParse(value).data;
      return profile === undefined ? null : { kind: "agency", entry: { index, hash, profile, envelope } };
    }
    case payloadTypes.request: {
      const request = requestSchema.safeParse(value).data;
      return request === undefined ? null : { kind: "request", entry: { index, hash, request, envelope } };
    }
    case payloadTypes.withdrawal: {
      const said = withdrawalSchema.safeParse(value).data;
      return said === undefined
        ? null
        : { kind: "withdrawal", request: said.request, agency: said.agency, at: said.issuedAt };
    }
    case payloadTypes.moderation: {
      const note = moderationSchema.safeParse(value).data;
      return note === undefined ? null : { kind: "note", entry: { index, ...note } };
    }
    default:
      return null;
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
