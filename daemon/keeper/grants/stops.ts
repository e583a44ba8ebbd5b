/**
 * Stops: the ways in which a grant ends before it has arrived, and how a suspended one goes on.
 *
 * A revocation may come from any owner of now. revocation.json is durable first; from the moment it is known to be
 * good nothing leaves, whatever the disk says. It outlives a crash at any point (`finishRevocation`),
 * a clock that was changed (it has no time that counts) and a restart. Every stop is in the ledger; one that
 * the ledger cannot take holds in memory and is tried again.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import { revocationSchema } from "../../consent/after.ts";
import { isShare, isUnfinished } from "../../consent/grant-state.ts";
import { ownerWith } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope } from "../../identity/verify.ts";
import type { GrantParts } from "./grant-parts.ts";
import type { GrantRecord, Stop } from "./shelf.ts";
import { entry, wireFaultOf } from "./words.ts";

/** It cannot go on. */
export async function failed(record: GrantRecord, fault: Fault, parts: GrantParts): Promise<void> {
  const { name } = record.grant.recipient;
  const detail = `nothing more goes to ${name}: ${fault.message}`;
  await parts.shelf.stop(record, {
    to: "failed",
    happened: entry(record, { who: null, what: "grant-failed", detail }),
    change: { fault: wireFaultOf(fault), forget: forgetOf(record) },
  });
}

/** Its time is over: for what has not left, and for a link that lies at a dock. */
export async function expired(record: GrantRecord, parts: GrantParts): Promise<void> {
  const { name } = record.grant.recipient;
  const was = record.kept.state === "delivered" ? "the link for" : "what was not sent by then to";
  await parts.shelf.stop(record, {
    to: "expired",
    happened: entry(record, { who: null, what: "grant-expired", detail: `${was} ${name} has run out` }),
    change: { forget: record.kept.state === "delivered" ? "all" : forgetOf(record) },
  });
}

/** Only what the dock has begun to get can be forgotten there. */
function forgetOf({ kept, carriedTo, grant }: GrantRecord): "unfinished" | "all" | null {
  if (kept.location === null && carriedTo === null) return null;
  return isShare(grant) ? "all" : "unfinished";
}

/** Throws Fault `denied`, `invalid`; `exhausted` when it cannot be kept, and then it holds until the next start. */
export async function revoke(record: GrantRecord, envelope: unknown, parts: GrantParts): Promise<void> {
  const { by } = openRevocation(record, envelope, parts);
  if (record.revoked && record.halted === null && !canBeTaken(record)) return;
  if (!canBeTaken(record)) throw tooLate(record);
  record.revoked = true; // from here on the gate is shut
  // also when it was running out, or failing, and the disk did not know yet
  const stop = stopOf(record, by);
  record.halted = stop;
  await parts.shelf.files.writeEnvelope(record.id, "revocation", envelope);
  await parts.shelf.stop(record, stop);
}

/** Something of it can still be kept from leaving, or from being had. */
export function canBeTaken({ kept, grant }: GrantRecord): boolean {
  return isUnfinished(kept.state) || (kept.state === "delivered" && isShare(grant));
}

/** The power was cut between the revocation and the state that tells it. */
export async function finishRevocation(record: GrantRecord, parts: GrantParts): Promise<void> {
  if (!record.revoked || !canBeTaken(record)) return;
  const envelope = await parts.shelf.files.readEnvelope(record.id, "revocation");
  let by: string | null = null;
  try {
    by = openRevocation(record, envelope, parts).by;
  } catch (error) {
    if (toFault(error).kind === "bug") throw error; // removed since: it was good when it was kept
  }
  await parts.shelf.stop(record, stopOf(record, by));
}

function openRevocation(
  { id, grant }: GrantRecord,
  envelope: unknown,
  { ports }: GrantParts,
): { readonly by: string } {
  const household = ports.household();
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.revocation,
    schema: revocationSchema,
    trusts: (key) => ownerWith(household, key) !== null,
    what: "revocation",
  });
  if (value.grant !== id) throw new Fault("invalid", "this revocation is for another grant");
  if (value.device !== grant.device || value.device !== household.device)
    throw new Fault("denied", "this revocation was signed for another doorbell");
  if (value.ownerKey !== signKey)
    throw new Fault("invalid", "this revocation names another key than it was signed with");
  return { by: ownerWith(household, signKey)?.name ?? "" };
}

function stopOf(record: GrantRecord, by: string | null): Stop {
  const { kept, grant } = record;
  const { name } = grant.recipient;
  if (kept.state === "ready" && kept.intendedBytes === 0)
    return {
      to: "cancelled",
      happened: entry(record, { who: by, what: "grant-cancelled", detail: `nothing of it went to ${name}` }),
      change: {},
    };
  const left = kept.state === "delivered" ? "it had arrived" : `at most ${kept.intendedBytes} bytes had left`;
  return {
    to: "revoked",
    happened: entry(record, {
      who: by,
      what: "grant-revoked",
      detail: `nothing more goes to ${name}; ${left}`,
    }),
    change: { forget: kept.state === "delivered" ? "all" : forgetOf(record) },
  };
}

function tooLate({ kept, grant }: GrantRecord): Fault {
  if (kept.deliveredWallMs !== null)
    return new Fault("denied", `${grant.recipient.name} has it already; a copy cannot be pulled back`, {
      hint: "ask for its deletion",
    });
  return new Fault("denied", `this grant is ${kept.state} and sends nothing any more`);
}

/** `why`: for the owner who decides. */
export async function suspend(record: GrantRecord, why: string, parts: GrantParts): Promise<void> {
  const detail = `nothing goes to ${record.grant.recipient.name} until an owner says so: ${why}`;
  await parts.shelf.stop(record, {
    to: "suspended",
    happened: entry(record, { who: null, what: "grant-suspended", detail }),
    change: { suspended: why },
  });
}

/** An owner says that it goes on, and with it that the clock is right. */
export async function resume(record: GrantRecord, who: string, parts: GrantParts): Promise<void> {
  const { shelf, ports } = parts;
  const clock = ports.clockTrust;
  if (!isUnfinished(record.kept.state) || record.revoked)
    throw new Fault("denied", `this grant is ${record.kept.state} and cannot go on`);
  const { belief } = clock.now();
  if (record.kept.state !== "suspended" && belief === "trusted") return;
  const detail =
    belief === "trusted"
      ? "it goes on as it was signed"
      : "it goes on; the doorbell's clock is said to be right";
  const happened = entry(record, { who, what: "grant-resumed", detail });
  if (belief !== "trusted") {
    await shelf.append(happened);
    await clock.confirm();
  }
  if (record.kept.state === "suspended") {
    const home = await ports.homeOf(shelf.files.folder(record.id));
    const isCoolingOff = record.kept.intendedBytes === 0 && ports.clock.monoMs() < record.notBeforeMonoMs;
    await shelf.step(record, isCoolingOff ? "ready" : "sending", {
      happened: belief === "trusted" ? happened : null,
      change: { home, suspended: null },
    });
  }
  // tried again at once; the cooling-off time of one that is ready is not over by it
  if (record.kept.state === "sending") record.notBeforeMonoMs = ports.clock.monoMs();
}
