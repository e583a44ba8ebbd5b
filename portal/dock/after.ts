/**
 * After: what is signed about a parcel once it arrived: receipt, deletion notice, answer.
 *
 * Agency's signatures are checked against its logged profile. A notice is an owner's: the portal does not know
 * which owner (the grant is sealed), so it checks that it is signed by the key it names, keeps the first of each
 * of a few keys, and leaves it to the agency, which has the letter, to say whose counts.
 */
import { deletionAnswerSchema, deletionNoticeSchema, receiptSchema } from "../../daemon/consent/after.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import { envelopeSchema } from "../../daemon/identity/signed-shape.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import type { Clock } from "../../hal/sensors.ts";
import { Fault } from "../../hal/fault.ts";
import { speaksFor } from "../office/signer.ts";
import type { DockName, KeptParcel, Store } from "../store/store.ts";
import { agencyDock } from "./docks.ts";

const maxNotices = 4;

export interface AfterOptions {
  readonly store: Store;
  readonly clock: Clock;
}

export async function leaveNotice(
  { store, clock }: AfterOptions,
  dock: DockName,
  { grant, input }: { readonly grant: string; readonly input: unknown },
): Promise<void> {
  await arrived(store, dock, grant);
  const envelope = signedMessage(input);
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.deletionNotice,
    schema: deletionNoticeSchema,
    trusts: () => true,
    what: "deletion notice",
  });
  if (value.grant !== grant) throw new Fault("invalid", "this notice is about another grant");
  if (value.ownerKey !== signKey)
    throw new Fault("denied", "this notice is not signed by the key that it names");
  const before = await store.parcels.notices(dock, grant);
  if (before.some(({ signatures }) => signatures[0]?.keyid === signKey)) return;
  if (before.length >= maxNotices) throw new Fault("exhausted", "there are enough notices about this parcel");
  await store.parcels.putNotice(dock, grant, { signKey, envelope, at: Math.round(clock.wallMs()) });
}

/** The first receipt stays; the same one again is fine. */
export async function putReceipt(
  options: AfterOptions,
  agency: string,
  { grant, input }: { readonly grant: string; readonly input: unknown },
): Promise<void> {
  const { store, clock } = options;
  const dock = agencyDock(agency);
  await arrived(store, dock, grant);
  const envelope = signedMessage(input);
  const { value, sha256 } = verifyEnvelope(envelope, {
    type: payloadTypes.receipt,
    schema: receiptSchema,
    trusts: await signersOf(options, agency),
    what: "receipt",
  });
  if (value.agency !== agency || value.grant !== grant)
    throw new Fault("invalid", "this receipt is about another parcel");
  const before = await store.parcels.receipt(dock, grant);
  if (before !== null && before.hash !== sha256)
    throw new Fault("denied", "this parcel has its receipt; it cannot be replaced");
  await store.parcels.putReceipt(dock, grant, { hash: sha256, envelope, at: Math.round(clock.wallMs()) });
}

/** What it says. "deleted" is final; "kept" may be followed by it. */
export async function putAnswer(
  options: AfterOptions,
  agency: string,
  { grant, input }: { readonly grant: string; readonly input: unknown },
): Promise<{ readonly answer: "deleted" | "kept"; readonly parcel: KeptParcel }> {
  const { store, clock } = options;
  const dock = agencyDock(agency);
  const parcel = await arrived(store, dock, grant);
  const envelope = signedMessage(input);
  const { value, sha256 } = verifyEnvelope(envelope, {
    type: payloadTypes.deletionAnswer,
    schema: deletionAnswerSchema,
    trusts: await signersOf(options, agency),
    what: "answer",
  });
  if (value.agency !== agency || value.grant !== grant)
    throw new Fault("invalid", "this answer is about another parcel");
  const before = await store.parcels.answer(dock, grant);
  if (before !== null && before.hash !== sha256 && (before.answer === "deleted" || value.answer === "kept"))
    throw new Fault("denied", "this parcel has its answer; only `deleted` may follow `kept`");
  const { answer } = value;
  await store.parcels.putAnswer(dock, grant, {
    hash: sha256,
    envelope,
    answer,
    at: Math.round(clock.wallMs()),
  });
  return { answer, parcel };
}

async function signersOf({ store, clock }: AfterOptions, agency: string): Promise<(key: string) => boolean> {
  const profile = (await store.registry.agency(agency))?.profile;
  return (key) => profile !== undefined && speaksFor(profile, key, clock.wallMs());
}

async function arrived(store: Store, dock: DockName, grant: string): Promise<KeptParcel> {
  const parcel = await store.parcels.arrived(dock, grant);
  if (parcel === null) throw new Fault("not-found", "no such parcel arrived here");
  return parcel;
}

function signedMessage(input: unknown): Envelope {
  const parsed = envelopeSchema.safeParse(input);
  if (!parsed.success) throw new Fault("invalid", "this is not a signed message");
  return parsed.data;
}
