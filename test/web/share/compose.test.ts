/** What the page signs, checked as the doorbell and the recipient check it. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { checkItemOrder } from "../../../daemon/consent/item-order.ts";
import { grantSchema } from "../../../daemon/consent/grant.ts";
import { letterSchema } from "../../../daemon/consent/letter.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { verifyEnvelope } from "../../../daemon/identity/verify.ts";
import { generateIdentity, identityFromSecret, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { openHeader } from "../../../daemon/seal/age/header.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import { grantOrderSchema } from "../../../daemon/wire/api-consent.ts";
import { openerWith } from "../../../web/open/age.ts";
import { pointOf } from "../../../web/share/age-key.ts";
import { compose, type Draft } from "../../../web/share/compose.ts";
import { partsOf } from "../../../web/share/parts.ts";
import { pathsOf, prepare } from "../../../web/share/prepare.ts";
import { clipPaths } from "../../../web/state/api.ts";
import { aClip, noonMs } from "../samples.ts";
import { owner, plainOf, sealedFiles } from "./sealed-clips.ts";

const agency = generateIdentity();
const clips = [aClip(10, { id: "clip-0001" }), aClip(4, { id: "clip-0002", startWallMs: noonMs + 60_000 })];
const stored = sealedFiles(clips);
const opener = openerWith(owner.sealSecret);
const dayMs = 86_400_000;

const parts = partsOf(
  new Map([
    ["clip-0001", { fromMs: 3_000, toMs: 7_000 }],
    ["clip-0002", { fromMs: 0, toMs: 1_000 }],
  ]),
  clips,
);
const draft: Draft = {
  id: "0123456789abcdef0123",
  destination: { kind: "request", request: "ab".repeat(32), agency: "harbour-police" },
  recipient: {
    name: "Harbour Police",
    sealTo: recipientOf(agency).text,
    deliverTo: "https://portal.example/dock/agencies/harbour-police",
  },
  purpose: "Theft of a bicycle",
  note: "Two people\ncame by.",
  parts,
  notAfter: noonMs + dayMs,
};
const ink = {
  device: owner.signKey,
  ownerKey: owner.signKey,
  nowMs: noonMs,
  sign: async (type: Parameters<typeof signEnvelope>[1], value: unknown) => signEnvelope(owner, type, value),
};

async function composed() {
  const known = new Map();
  await prepare(parts, {
    known,
    signal: new AbortController().signal,
    fetchSealed: async (path) => new Uint8Array(stored.get(path) ?? []),
    rewrap: async (sealed) => opener.rewrap(sealed, pointOf(draft.recipient.sealTo)),
    onProgress: () => {},
  });
  return compose(draft, known, ink);
}
const { order, grant } = await composed();
const trusts = (key: string): boolean => key === owner.signKey;
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const letterFile = Buffer.from(order.letter, "base64");
/** As the doorbell joins it: the new header, then the payload on its disk. */
const files = parts.flatMap(pathsOf).map((path, i) => {
  const sealed = stored.get(path) ?? new Uint8Array();
  const payload = sealed.subarray(openHeader(sealed, [identityFromSecret(owner.sealSecret)]).bytes);
  return { path, bytes: Buffer.concat([Buffer.from(order.headers[i] ?? "", "base64"), payload]) };
});

test("the order is of the shape that the doorbell takes, its grant too, in the order it wants", () => {
  expect(grantOrderSchema.parse(order)).toEqual(order);
  const verified = verifyEnvelope(order.envelope, {
    type: payloadTypes.grant,
    schema: grantSchema,
    trusts,
    what: "grant",
  });
  expect(verified.value).toEqual(grant);
  checkItemOrder(verified.value);
});

test("every file is the one that was signed, chunk by chunk, and only the chosen ones are there", () => {
  expect(grant.items.map(({ chunks }) => chunks)).toEqual(
    [letterFile, ...files.map(({ bytes }) => bytes)].map((bytes) => [hash(bytes)]),
  );
  expect(files.map(({ path }) => path)).toEqual([
    clipPaths.init("clip-0001"),
    ...[1, 2, 3].map((index) => clipPaths.fragment("clip-0001", index)),
    clipPaths.init("clip-0002"),
    clipPaths.fragment("clip-0002", 0),
  ]);
});

test("the recipient opens each file with its own key; the doorbell's owner is no recipient of it", () => {
  for (const { path, bytes } of files) {
    expect(Buffer.compare(open(bytes, [agency]), plainOf(path))).toBe(0);
    expect(() => opener.open(bytes)).toThrow("not sealed to your key");
  }
});

test("the letter is signed, sealed, and lists the files that follow it", () => {
  const envelope: unknown = JSON.parse(Buffer.from(open(letterFile, [agency])).toString());
  const { value: letter } = verifyEnvelope(envelope, {
    type: payloadTypes.letter,
    schema: letterSchema,
    trusts,
    what: "letter",
  });
  expect(letter).toMatchObject({ grant: draft.id, to: "Harbour Police", note: draft.note });
  const listed = letter.clips.flatMap(({ init, fragments }) => [init, ...fragments]);
  expect(listed.map(({ bytes, chunks }) => ({ bytes, chunks }))).toEqual(
    grant.items.slice(1).map(({ bytes, chunks }) => ({ bytes, chunks })),
  );
  expect(letter.clips[0]?.fragments[0]).toMatchObject({ index: 1, startMs: 2_000, durationMs: 2_000 });
});

test("nothing of the letter can be read on the way", () => {
  const wire = letterFile.toString("latin1") + JSON.stringify(grant.items);
  for (const secret of ["Two people", "Theft", owner.signKey, String(noonMs)])
    expect(wire).not.toContain(secret);
});

test("what was not prepared is not signed", async () => {
  await expect(compose(draft, new Map(), ink)).rejects.toMatchObject({ kind: "bug" });
});
