/**
 * Kinds: what an entry of the ledger may tell.
 *
 * An entry is durable before what it tells happens, so the ledger may say too much and never too little.
 * A request that was refused, muted or run out is told here and nowhere else: outside it is silence.
 */

/** People and pictures. */
const houseKinds = [
  "paired",
  "enrolled",
  "removed",
  "signed-in",
  "signed-out",
  "program-let-in",
  "policy",
  "policy-applied",
  "setup-still",
  "snapshot",
  "zones",
  "alerts",
  "guard-tripped",
  "guard-back",
  "privacy-closed",
  "privacy-opened",
  "live-view",
  "clip-view",
  "call",
  "reply-played",
  "clips-deleted",
  "phone-added",
  "phone-removed",
  "phones-allowed",
  "gap",
] as const;

/** What agencies ask, and what this house answers. */
export const requestKinds = [
  "place",
  "feed-checked",
  "feed-alarm",
  "request-shown",
  "request-refused",
  "request-expired",
  "request-muted",
  "court-order",
] as const;

/** What an owner signed for, from the signature to the recipient's last word. */
export const grantKinds = [
  "grant-signed",
  "grant-cancelled",
  "grant-revoked",
  "grant-suspended",
  "grant-resumed",
  "grant-expired",
  "grant-failed",
  "send-intent",
  "delivered",
  "receipt",
  "deletion-asked",
  "deletion-answered",
] as const;

/** One small masked picture with an alert, where the policy lets it: before it leaves, and what became of it. */
export const pictureKinds = ["alert-picture", "alert-picture-sent", "alert-picture-failed"] as const;

/** All of them. */
export const entryKinds = [...houseKinds, ...requestKinds, ...grantKinds, ...pictureKinds] as const;

/** What happens every day; details of these are forgotten sooner than of the rest. */
export const everydayKinds = [
  "signed-in",
  "signed-out",
  "live-view",
  "clip-view",
  "call",
  "reply-played",
  "snapshot",
  "feed-checked",
] as const satisfies readonly EntryKind[];
export type EntryKind = (typeof entryKinds)[number];
