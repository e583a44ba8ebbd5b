/**
 * Gate: may this chunk be handed to the courier, now?
 *
 * Pure, and asked again for every chunk. Each condition has its own refusal; the first that is not met
 * is told. A grant that was good a chunk ago may be revoked, run out, or signed by somebody who was
 * removed since: nothing is remembered from the last time.
 *
 * What callers may conclude from null: an owner of now signed for exactly these bytes, to this
 * recipient, it has not run out by a clock that can be believed, and the ledger already says so.
 */
import type { GrantState } from "../wire/api-consent.ts";
import type { GateRefusal } from "../wire/messages.ts";
import type { Recipient } from "./grant.ts";

export interface GateFacts {
  /** Null = there is no such grant. */
  readonly grant: {
    readonly recipient: Recipient;
    readonly notAfter: number;
    /** Whose signature it is, which was checked when the grant was read. */
    readonly signKey: string;
  } | null;
  /** Signing keys of everybody who is an owner now. */
  readonly ownerKeys: readonly string[];
  readonly state: GrantState;
  readonly revoked: boolean;
  readonly clock: { readonly trusted: boolean; readonly wallMs: number };
  /** What the destination means now: the same recipient as ever, or null = it means nobody any more. */
  readonly recipientNow: Recipient | null;
  /** Where the courier was told to bring it. */
  readonly carriedTo: string | null;
  /** Hex; null = the manifest has no chunk here. */
  readonly wantedSha256: string | null;
  /** Hex, of the bytes as they lie on the disk at this moment; null = they are gone. */
  readonly sha256: string | null;
  /** A ledger entry that covers the chunk is on the disk. */
  readonly intentDurable: boolean;
}

/** Null = hand it over. */
export function gate(facts: GateFacts): GateRefusal | null {
  const { grant, ownerKeys, state, revoked, clock } = facts;
  if (grant === null) return "no-such-grant";
  if (!ownerKeys.includes(grant.signKey)) return "not-signed-by-owner";
  if (revoked) return "revoked";
  if (state !== "sending") return "not-sending";
  if (!clock.trusted) return "clock-not-trusted";
  if (clock.wallMs >= grant.notAfter) return "expired";
  if (facts.wantedSha256 === null) return "chunk-not-in-manifest";
  if (!isSame(grant.recipient, facts.recipientNow) || facts.carriedTo !== grant.recipient.deliverTo)
    return "recipient-changed";
  if (facts.sha256 !== facts.wantedSha256) return "bytes-changed";
  return facts.intentDurable ? null : "intent-not-durable";
}

function isSame({ sealTo, deliverTo }: Recipient, now: Recipient | null): boolean {
  return now !== null && now.sealTo === sealTo && now.deliverTo === deliverTo;
}
