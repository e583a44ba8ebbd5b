/**
 * Envelope: how everything that is signed travels (DSSE, https://github.com/secure-systems-lab/dsse).
 *
 * The signature is over the pre-authentication encoding of payload type and payload bytes, so a
 * message of one type can never pass for another, and what is parsed is exactly the bytes that
 * were verified (verify.ts): no JSON canonicalisation. One signature, by one key.
 * `keyid` is the Ed25519 public key itself, base64url. Pure; runs in Node and in browsers.
 */
export const payloadTypes = {
  household: "application/vnd.sill.household-record.v1+json",
  policy: "application/vnd.sill.privacy-policy.v1+json",
  login: "application/vnd.sill.login.v1+json",
  setupStill: "application/vnd.sill.setup-still.v1+json",
  agency: "application/vnd.sill.agency-profile.v1+json",
  request: "application/vnd.sill.request.v1+json",
  withdrawal: "application/vnd.sill.request-withdrawal.v1+json",
  moderation: "application/vnd.sill.moderation.v1+json",
  courtOrder: "application/vnd.sill.court-order.v1+json",
  grant: "application/vnd.sill.grant.v1+json",
  letter: "application/vnd.sill.cover-letter.v1+json",
  revocation: "application/vnd.sill.revocation.v1+json",
  receipt: "application/vnd.sill.receipt.v1+json",
  deletionNotice: "application/vnd.sill.deletion-notice.v1+json",
  deletionAnswer: "application/vnd.sill.deletion-answer.v1+json",
  post: "application/vnd.sill.board-post.v1+json",
} as const;
export type PayloadType = (typeof payloadTypes)[keyof typeof payloadTypes];

export interface Envelope {
  readonly payloadType: string;
  /** Base64url. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The bytes that are signed: "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload. */
export function signedBytes(payloadType: string, payload: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const typeBytes = encoder.encode(payloadType);
  const head = encoder.encode(`DSSEv1 ${typeBytes.length} ${payloadType} ${payload.length} `);
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}
