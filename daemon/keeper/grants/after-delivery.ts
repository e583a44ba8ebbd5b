/**
 * After delivery: receipts, deletion notices and their answers.
 *
 * A receipt counts when a key of the agency's logged profile signed it for exactly the manifest that
 * left; another one is told in words and changes nothing. A deletion notice is an owner's signed wish, left at the
 * dock again with every look until there is an answer or it has been looked often enough (`unanswered`; a
 * late answer still counts when somebody looks). An answer is the recipient's word and no more.
 */
import { Fault } from "../../../hal/fault.ts";
import { deletionAnswerSchema, deletionNoticeSchema, receiptSchema } from "../../consent/after.ts";
import type { Agency } from "../../consent/agency.ts";
import { isAnswerable } from "../../consent/grant-state.ts";
import { ownerWith } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope } from "../../identity/verify.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import { firstAsking, isDue, nextAsking } from "./asking.ts";
import { agencyAt } from "./destinations.ts";
import type { GrantParts } from "./grant-parts.ts";
import type { GrantRecord } from "./shelf.ts";
import { entry, wireFaultOf } from "./words.ts";

type DockAnswer = Extract<CourierToKeeper, { type: "dock-answer" }>;

/** What is waited for at the dock; null = nothing. */
export function awaited({ grant, kept }: GrantRecord): "receipt" | "deletion" | null {
  if (!isAnswerable(grant)) return null;
  if (kept.state === "deletion-asked" || kept.state === "unanswered" || kept.state === "kept")
    return "deletion";
  return kept.deliveredWallMs !== null && kept.receipt === null && kept.deletion === null ? "receipt" : null;
}

/** The next look when it is time for one; what nobody answers comes to its end. */
export async function lookWhenDue(record: GrantRecord, parts: GrantParts): Promise<void> {
  const { ports, shelf } = parts;
  const { state, asking, receipt } = record.kept;
  const wallMs = ports.clock.wallMs();
  if (state === "receipted" && receipt !== null && wallMs > receipt.keepUntil)
    return shelf.step(record, "closed");
  if (asking === null || !isDue(asking, wallMs) || !ports.courier.connected) return;
  await ask(record, parts);
  const next = nextAsking(asking, wallMs, ports.random());
  if (next !== null) return shelf.save(record, { asking: next });
  if (state === "deletion-asked") return shelf.step(record, "unanswered", { change: { asking: null } });
  if (state === "delivered") return shelf.step(record, "closed", { change: { asking: null } });
  await shelf.save(record, { asking: null });
}

/** Looks now. Throws Fault `denied` when nothing can come from there. */
export async function ask(record: GrantRecord, parts: GrantParts): Promise<void> {
  const what = awaited(record);
  if (what === null) throw new Fault("denied", "nothing is expected from the recipient of this grant");
  const { courier } = parts.ports;
  const { deliverTo } = record.grant.recipient;
  if (what === "deletion") {
    const envelope = await parts.shelf.files.readEnvelope(record.id, "notice");
    courier.send({ type: "dock-tell", grant: record.id, deliverTo, envelope });
  }
  courier.send({ type: "dock-ask", grant: record.id, deliverTo, what });
}

/** What the dock had; null = nothing yet. */
export async function take(record: GrantRecord, answer: DockAnswer, parts: GrantParts): Promise<void> {
  if (answer.envelope === null || answer.envelope === undefined || awaited(record) !== answer.what) return;
  try {
    await (answer.what === "receipt" ? takeReceipt : takeAnswer)(record, answer.envelope, parts);
  } catch (error) {
    if (!(error instanceof Fault) || (error.kind !== "invalid" && error.kind !== "denied")) throw error;
    await parts.shelf.save(record, { fault: wireFaultOf(error) });
  }
}

async function takeReceipt(record: GrantRecord, envelope: unknown, parts: GrantParts): Promise<void> {
  const agency = recipientOf(record, parts);
  const { value } = verifyEnvelope(envelope, {
    type: payloadTypes.receipt,
    schema: receiptSchema,
    trusts: (key) => parts.ports.asked.agencyKeys(agency.id).includes(key),
    what: `receipt of ${agency.name}`,
  });
  checkAbout(record, { ...value, what: "receipt" }, agency);
  const { receivedAt, keepUntil, onwardSharing } = value;
  await parts.shelf.files.writeEnvelope(record.id, "receipt", envelope);
  const until = new Date(keepUntil).toISOString().slice(0, 10);
  const happened = entry(record, {
    who: null,
    what: "receipt",
    detail: `${agency.name} has it and keeps it until ${until} at most`,
  });
  const change = { receipt: { receivedAt, keepUntil, onwardSharing }, asking: null, fault: null };
  if (record.kept.state === "delivered") return parts.shelf.step(record, "receipted", { happened, change });
  await parts.shelf.append(happened);
  await parts.shelf.save(record, change);
}

async function takeAnswer(record: GrantRecord, envelope: unknown, parts: GrantParts): Promise<void> {
  const agency = recipientOf(record, parts);
  const { value } = verifyEnvelope(envelope, {
    type: payloadTypes.deletionAnswer,
    schema: deletionAnswerSchema,
    trusts: (key) => parts.ports.asked.agencyKeys(agency.id).includes(key),
    what: `answer of ${agency.name}`,
  });
  checkAbout(record, { ...value, what: "answer" }, agency);
  const { answer, basis } = value;
  if (record.kept.state === "kept" && answer === "kept") return;
  await parts.shelf.files.writeEnvelope(record.id, "answer", envelope);
  const detail =
    answer === "deleted" ? `${agency.name} says it has deleted it` : `${agency.name} keeps it: ${basis}`;
  await parts.shelf.step(record, answer, {
    happened: entry(record, { who: null, what: "deletion-answered", detail }),
    change: {
      deletion: { askedWallMs: record.kept.deletion?.askedWallMs ?? 0, answer, basis },
      asking: null,
      fault: null,
    },
  });
}

/** An owner asks the recipient to delete what it has. Throws Fault `denied` or `invalid`. */
export async function askDeletion(record: GrantRecord, envelope: unknown, parts: GrantParts): Promise<void> {
  const { shelf, ports } = parts;
  const { grant, kept, manifest } = record;
  if (!isAnswerable(grant))
    throw new Fault("denied", "only an agency can be asked to delete", { hint: "a link can be revoked" });
  if (kept.deliveredWallMs === null)
    throw new Fault("denied", "nothing has arrived there", {
      hint: "revoke it, so that nothing more leaves",
    });
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.deletionNotice,
    schema: deletionNoticeSchema,
    trusts: (key) => ownerWith(ports.household(), key) !== null,
    what: "deletion notice",
  });
  if (value.grant !== record.id || value.manifest !== manifest || value.ownerKey !== signKey)
    throw new Fault("invalid", "this deletion notice is for something else than this grant");
  if (kept.deletion !== null) return;
  const who = ownerWith(ports.household(), signKey)?.name ?? null;
  const askedWallMs = Math.round(ports.clock.wallMs());
  await shelf.files.writeEnvelope(record.id, "notice", envelope);
  await shelf.step(record, "deletion-asked", {
    happened: entry(record, {
      who,
      what: "deletion-asked",
      detail: `of what ${grant.recipient.name} was sent`,
    }),
    change: {
      deletion: { askedWallMs, answer: null, basis: "" },
      asking: firstAsking(askedWallMs, ports.random()),
      fault: null,
    },
  });
  await ask(record, parts);
}

function recipientOf({ grant }: GrantRecord, { ports }: GrantParts): Agency {
  const { destination, recipient } = grant;
  const agency =
    destination.kind === "request"
      ? ports.asked.agency(destination.agency)
      : agencyAt(recipient.deliverTo, ports);
  if (agency === null) throw new Fault("denied", `${recipient.name} is not in the public log any more`);
  return agency;
}

function checkAbout(
  { id, manifest }: GrantRecord,
  value: { grant: string; agency: string; manifest: string; what: string },
  agency: Agency,
): void {
  const { what } = value;
  if (value.grant !== id || value.agency !== agency.id)
    throw new Fault("invalid", `the ${what} that ${agency.name} gave is for another grant`);
  if (value.manifest !== manifest)
    throw new Fault("invalid", `the ${what} that ${agency.name} gave is for other bytes than were sent`);
}
