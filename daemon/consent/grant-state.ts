/**
 * Grant state: how a grant may go on, and nothing else.
 *
 *   drafted -> signed -> ready -> sending -> delivered -> receipted -> closed
 *     until it is delivered: cancelled | revoked | expired | suspended | failed
 *     after: deletion-asked -> deleted | kept | unanswered
 *
 * drafted and signed are in the owner's browser: the doorbell knows a grant from `ready` on. What was
 * stopped never goes on (I6); `suspended` alone is lifted, by an owner. No step changes what a grant is
 * for: its destination is in the signed bytes, so compelled never becomes voluntary or the reverse.
 *
 * Pure; the ledger's entry for a step is durable before the step (keeper/grants).
 */
import { Fault } from "../../hal/fault.ts";
import type { GrantState } from "../wire/api-consent.ts";
import { sharesPath } from "./docks.ts";
import type { Grant } from "./grant.ts";

const stops = ["revoked", "expired", "failed"] as const;

/** Into which states each may go. */
const steps: Readonly<Record<GrantState, readonly GrantState[]>> = {
  ready: ["sending", "cancelled", "suspended", ...stops],
  sending: ["delivered", "suspended", ...stops],
  suspended: ["ready", "sending", ...stops],
  // a link that has arrived can still be taken away from the dock
  delivered: ["receipted", "closed", "deletion-asked", "revoked", "expired"],
  receipted: ["closed", "deletion-asked"],
  closed: ["deletion-asked"],
  "deletion-asked": ["deleted", "kept", "unanswered"],
  // late answers count
  unanswered: ["deleted", "kept"],
  kept: ["deleted"],
  deleted: [],
  cancelled: [],
  // it may have arrived in the moment in which it was stopped
  revoked: ["deletion-asked"],
  expired: ["deletion-asked"],
  failed: ["deletion-asked"],
};

/** Nothing of it has to leave any more, whatever else may happen. */
export function isUnfinished(state: GrantState): boolean {
  return state === "ready" || state === "sending" || state === "suspended";
}

export function mayStep(from: GrantState, to: GrantState): boolean {
  return steps[from].includes(to);
}

/** Throws Fault `denied`. */
export function checkStep(from: GrantState, to: GrantState): void {
  if (!mayStep(from, to)) throw new Fault("denied", `a grant that is ${from} cannot become ${to}`);
}

interface To {
  readonly destination: Pick<Grant["destination"], "kind">;
  readonly recipient: Pick<Grant["recipient"], "deliverTo">;
}

/**
 * Lies at a dock for whoever has the link or the key, and is forgotten there at the grant's end. What an agency asked
 * for never is, however it calls its dock: it gives a receipt. What a court ordered is, unless it goes to an agency.
 */
export function isShare({ destination: { kind }, recipient }: To): boolean {
  if (kind === "court-order") return recipient.deliverTo.endsWith(sharesPath);
  return kind === "link" || kind === "neighbour";
}

/** Goes to an agency, which gives a receipt and can be asked to delete. */
export function isAnswerable(grant: To): boolean {
  const { kind } = grant.destination;
  return (kind === "request" || kind === "court-order") && !isShare(grant);
}
