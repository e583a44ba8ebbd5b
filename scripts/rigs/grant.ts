/**
 * Grant rig: what an owner's browser does to share seconds of a clip, in Node: new headers, hashes, the
 * letter, the grant, the order. And what comes after: revocations, receipts, deletion notices and answers.
 *
 *   const composed = await composeOrder(draft, readOverHttp(owner));
 *   await postOrder(owner, composed.order);
 *
 * Where the sealed files come from is an argument, so that the simulated world composes from its own disk.
 */
import { createHash } from "node:crypto";
import type { Receipt, DeletionAnswer, DeletionNotice, Revocation } from "../../daemon/consent/after.ts";
import type { CourtOrder } from "../../daemon/consent/court-order.ts";
import type { Destination, Grant, Item, Recipient } from "../../daemon/consent/grant.ts";
import type { Letter } from "../../daemon/consent/letter.ts";
import { chunkBytes, manifestText } from "../../daemon/consent/parcel.ts";
import type { Post } from "../../daemon/consent/post.ts";
import { payloadTypes, type Envelope } from "../../daemon/identity/envelope.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import { identityFromSecret, parseRecipient } from "../../daemon/seal/age/keys.ts";
import { rewrap } from "../../daemon/seal/age/rewrap.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import type { GrantCard, GrantOrder } from "../../daemon/wire/api-consent.ts";
import type { Clip } from "../../daemon/wire/api.ts";
import { clipFiles } from "../../daemon/wire/paths.ts";
import { signed, type TestAgency } from "./agency.ts";
import { expectOk, type SignedInHuman } from "./person.ts";

/** A sealed file of a clip, by its name in the clip's folder. */
export type ReadSealed = (clip: string, name: string) => Promise<Uint8Array>;

/** These fragments of this clip. */
export interface Choice {
  readonly clip: Pick<Clip, "id" | "startWallMs" | "codec" | "width" | "height" | "fragments">;
  readonly indexes: readonly number[];
}

export interface GrantDraft {
  readonly id: string;
  /** Who signs, and opens the headers. */
  readonly owner: Keys;
  readonly device: string;
  readonly destination: Destination;
  readonly recipient: Recipient;
  readonly choices: readonly Choice[];
  readonly nowMs: number;
  /** Default: a week. */
  readonly notAfter?: number;
  readonly purpose?: string;
  readonly note?: string;
}

export interface ComposedGrant {
  readonly grant: Grant;
  readonly order: GrantOrder;
  /** The bytes that will leave, in order: for tests of what arrived. */
  readonly parcel: Uint8Array;
  /** What receipts and deletion notices name. */
  readonly manifest: string;
}

interface NewFile {
  readonly item: Item;
  readonly header: Uint8Array;
  readonly bytes: Uint8Array;
}

const weekMs = 7 * 86_400_000;

export async function composeOrder(draft: GrantDraft, read: ReadSealed): Promise<ComposedGrant> {
  const files = await Promise.all(
    draft.choices.map(async ({ clip, indexes }) => ({
      clip,
      init: await newFile(draft, { part: "init", clip: clip.id }, read),
      fragments: await Promise.all(
        indexes.map((index) => newFile(draft, { part: "fragment", clip: clip.id, index }, read)),
      ),
    })),
  );
  const {
    id,
    device,
    destination,
    recipient,
    purpose = "the seconds you asked for",
    note = "",
    nowMs,
  } = draft;
  const letter: Letter = {
    grant: id,
    device,
    destination,
    to: recipient.name,
    purpose,
    note,
    clips: files.map(({ clip, init, fragments }) => ({
      clip: clip.id,
      startWallMs: clip.startWallMs,
      codec: clip.codec,
      width: clip.width,
      height: clip.height,
      init: listed(init.bytes),
      fragments: fragments.map(({ bytes }, i) => ({ ...timesOf(clip, draft, i), ...listed(bytes) })),
    })),
    issuedAt: nowMs,
    ownerKey: draft.owner.signKey,
  };
  const letterBytes = jsonBytes(signed(draft.owner, payloadTypes.letter, letter));
  const sealed = seal(letterBytes, [parseRecipient(recipient.sealTo ?? "")]);
  return composed(
    draft,
    sealed,
    files.flatMap(({ init, fragments }) => [init, ...fragments]),
  );
}

/** A post: its envelope is the letter, and all there is. */
export function composePost(draft: Omit<GrantDraft, "choices" | "destination">, post: Post): ComposedGrant {
  const letter = jsonBytes(signed(draft.owner, payloadTypes.post, post));
  return composed({ ...draft, destination: { kind: "board" }, choices: [] }, letter, []);
}

function composed(draft: GrantDraft, letter: Uint8Array, files: readonly NewFile[]): ComposedGrant {
  const { id, device, destination, recipient, owner, nowMs } = draft;
  const grant: Grant = {
    id,
    device,
    destination,
    recipient,
    purpose: draft.purpose ?? "the seconds you asked for",
    items: [{ part: "letter", ...listed(letter) }, ...files.map(({ item }) => item)],
    issuedAt: nowMs,
    notAfter: draft.notAfter ?? nowMs + weekMs,
    ownerKey: owner.signKey,
  };
  return {
    grant,
    order: {
      envelope: signed(owner, payloadTypes.grant, grant),
      letter: Buffer.from(letter).toString("base64"),
      headers: files.map(({ header }) => Buffer.from(header).toString("base64")),
    },
    parcel: Buffer.concat([letter, ...files.map(({ bytes }) => bytes)]),
    manifest: hex(new TextEncoder().encode(manifestText(grant.items))),
  };
}

/** The same grant, changed and signed anew, or by somebody else: for tests of what is refused. */
export function resigned(
  { grant, order }: Pick<ComposedGrant, "grant" | "order">,
  change: Partial<Grant>,
  signer: Keys,
): GrantOrder {
  return { ...order, envelope: signed(signer, payloadTypes.grant, { ...grant, ...change }) };
}

async function newFile(
  { owner, recipient }: GrantDraft,
  what: { part: "init"; clip: string } | { part: "fragment"; clip: string; index: number },
  read: ReadSealed,
): Promise<NewFile> {
  const name = what.part === "init" ? clipFiles.init : clipFiles.fragment(what.index);
  const file = await read(what.clip, name);
  const { header, payloadAt } = rewrap(file, {
    identities: [identityFromSecret(owner.sealSecret)],
    recipients: [parseRecipient(recipient.sealTo ?? "")],
  });
  const bytes = Buffer.concat([header, file.subarray(payloadAt)]);
  return { item: { ...what, ...listed(bytes) }, header, bytes };
}

function timesOf(clip: Choice["clip"], { choices }: GrantDraft, i: number): FragmentTimes {
  const index = choices.find((each) => each.clip.id === clip.id)?.indexes[i] ?? 0;
  const fragment = clip.fragments.find((each) => each.index === index);
  return { index, startMs: fragment?.startMs ?? 0, durationMs: fragment?.durationMs ?? 0 };
}

interface FragmentTimes {
  readonly index: number;
  readonly startMs: number;
  readonly durationMs: number;
}

function listed(bytes: Uint8Array): { bytes: number; chunks: string[] } {
  const count = Math.ceil(bytes.length / chunkBytes);
  const chunks = Array.from({ length: count }, (_, i) =>
    hex(bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes)),
  );
  return { bytes: bytes.length, chunks };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** As the page fetches them. */
export function readOverHttp(who: Pick<SignedInHuman, "fetch">): ReadSealed {
  return async (clip, name) => {
    const index = /^(\d{6})\.m4s/u.exec(name)?.[1];
    const path = index === undefined ? "init.mp4" : `fragments/${Number(index)}`;
    const answer = await expectOk(await who.fetch(`/api/clips/${clip}/${path}`));
    return new Uint8Array(await answer.arrayBuffer());
  };
}

export async function postOrder(who: Pick<SignedInHuman, "fetch">, order: GrantOrder): Promise<GrantCard> {
  const answer = await who.fetch("/api/grants", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
  return (await (await expectOk(answer)).json()) as GrantCard;
}

export function revocationOf(
  { id, device }: Pick<Grant, "id" | "device">,
  owner: Keys,
  nowMs: number,
): Envelope {
  return signed(owner, payloadTypes.revocation, {
    grant: id,
    device,
    ownerKey: owner.signKey,
    issuedAt: nowMs,
  } satisfies Revocation);
}

/** By an agency, for what it received. */
export function receiptOf(
  { grant, manifest }: Pick<ComposedGrant, "grant" | "manifest">,
  { keys, profile }: TestAgency,
  change: Partial<Receipt> = {},
): Envelope {
  return signed(keys, payloadTypes.receipt, {
    grant: grant.id,
    agency: profile.id,
    manifest,
    receivedAt: grant.issuedAt,
    keepUntil: grant.issuedAt + 30 * 86_400_000,
    onwardSharing: [],
    ...change,
  } satisfies Receipt);
}

export function deletionNoticeOf(
  { grant, manifest }: Pick<ComposedGrant, "grant" | "manifest">,
  owner: Keys,
  nowMs: number,
): Envelope {
  return signed(owner, payloadTypes.deletionNotice, {
    grant: grant.id,
    manifest,
    reason: "the case is closed",
    ownerKey: owner.signKey,
    issuedAt: nowMs,
  } satisfies DeletionNotice);
}

export function deletionAnswerOf(
  { grant, manifest }: Pick<ComposedGrant, "grant" | "manifest">,
  { keys, profile }: TestAgency,
  change: Partial<DeletionAnswer> = {},
): Envelope {
  return signed(keys, payloadTypes.deletionAnswer, {
    grant: grant.id,
    agency: profile.id,
    manifest,
    answer: "deleted",
    basis: "",
    answeredAt: grant.issuedAt,
    ...change,
  } satisfies DeletionAnswer);
}

export function courtOrderOf(
  owner: Keys,
  { device, nowMs, ...change }: { device: string; nowMs: number } & Partial<CourtOrder>,
): { readonly order: CourtOrder; readonly envelope: Envelope } {
  const order: CourtOrder = {
    id: "court-order-0001",
    device,
    court: "District court",
    fileNumber: "12 C 34/26",
    recipient: "District court, registry",
    window: { from: nowMs - 86_400_000, to: nowMs },
    text: "All recordings of that day.",
    paperSha256: null,
    ownerKey: owner.signKey,
    issuedAt: nowMs,
    ...change,
  };
  return { order, envelope: signed(owner, payloadTypes.courtOrder, order) };
}
