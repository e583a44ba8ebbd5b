import { expect, test } from "vitest";
import type { Grant } from "../../../../daemon/consent/grant.ts";
import type { Post } from "../../../../daemon/consent/post.ts";
import type { GrantOrder } from "../../../../daemon/wire/api-consent.ts";
import { composePost, courtOrderOf, resigned, type ComposedGrant } from "../../../../scripts/rigs/grant.ts";
import { testKeys } from "../../../../scripts/rigs/paired.ts";
import { rewrap } from "../../../../daemon/seal/age/rewrap.ts";
import { identityFromSecret, parseRecipient } from "../../../../daemon/seal/age/keys.ts";
import {
  ada,
  agency,
  bo,
  compose,
  device,
  eve,
  openDesk,
  orderHash,
  recordedAt,
  requestHash,
  toAgency,
  toArchive,
  toLink,
  whats,
  type Desk,
} from "./desk.ts";

const dayMs = 86_400_000;

async function refused(desk: Desk, order: GrantOrder): Promise<string> {
  const error: unknown = await desk.book.keep(order).then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(desk.book.cards).toEqual([]);
  expect(await desk.disk.list("consent/grants")).toEqual([]);
  expect(whats(desk)).not.toContain("grant-signed");
  return error instanceof Error ? error.message : "it was kept";
}

/** What changes in the signed grant, and the words of the refusal. */
const changes: readonly (readonly [string, (grant: Grant) => Partial<Grant>])[] = [
  ["signed for another doorbell", () => ({ device: testKeys(71).signKey })],
  ["another key than it was signed with", () => ({ ownerKey: bo.signKey })],
  ["has run out already", ({ issuedAt }) => ({ notAfter: issuedAt })],
  ["at most 14 days", ({ issuedAt }) => ({ notAfter: issuedAt + 14 * dayMs + 1 })],
  ["signed in the future", ({ issuedAt }) => ({ issuedAt: issuedAt + 600_000 })],
  [
    "never shown here",
    () => ({ destination: { kind: "request", request: "0".repeat(64), agency: "harbour-police" } }),
  ],
  [
    "never shown here",
    () => ({ destination: { kind: "request", request: requestHash, agency: "other-police" } }),
  ],
  ["not recorded here", () => ({ destination: { kind: "court-order", order: requestHash } })],
  [
    "another place than",
    ({ recipient }) => ({ recipient: { ...recipient, deliverTo: "https://portal.test/dock/x" } }),
  ],
  ["another key than the", ({ recipient }) => ({ recipient: { ...recipient, sealTo: ada.sealTo } })],
  ["is sealed to somebody", ({ recipient }) => ({ recipient: { ...recipient, sealTo: null } })],
  ["is called Harbour Police", ({ recipient }) => ({ recipient: { ...recipient, name: "Harbor Police" } })],
  ["another place than", () => ({ destination: { kind: "archive" } })],
  ["another place than", () => ({ destination: { kind: "link" } })],
  ["the letter comes first", ({ items }) => ({ items: items.slice(1) })],
  ["there is no recording", ({ items }) => ({ items: items.slice(0, 1) })],
  ["fragments ascend", ({ items: [a, b, c, d] }) => ({ items: [a, b, d, c].flatMap((each) => each ?? []) })],
  ["fragments ascend", ({ items }) => ({ items: [...items, ...items.slice(-1)] })],
  ["headers for 2 recordings", ({ items }) => ({ items: items.slice(0, -1) })],
  [
    "item 3 has",
    ({ items }) => ({ items: items.map((item, i) => (i === 3 ? { ...item, bytes: 9 } : item)) }),
  ],
  [
    "not what was signed",
    ({ items }) => ({
      items: items.map((item, i) => (i === 3 ? { ...item, chunks: ["0".repeat(64)] } : item)),
    }),
  ],
  [
    "these recordings were deleted",
    ({ items }) => ({
      items: items.map((item) => (item.part === "letter" ? item : { ...item, clip: "clip-000009" })),
    }),
  ],
  [
    "these recordings were deleted",
    ({ items }) => ({
      items: items.map((item) =>
        item.part === "fragment" && item.index === 2 ? { ...item, index: 77 } : item,
      ),
    }),
  ],
];

test.each(changes)("refuses an order, and keeps nothing of it: %s", async (words, change) => {
  const desk = await openDesk();
  const composed = await compose(desk);
  expect(await refused(desk, resigned(composed, change(composed.grant), ada))).toContain(words);
});

test("the portal, the doorbell, the agency, a stranger: none of their keys makes a grant", async () => {
  const desk = await openDesk();
  const composed = await compose(desk);
  for (const keys of [agency.keys, testKeys(80), testKeys(70), eve]) {
    const order = resigned(composed, { ownerKey: keys.signKey }, keys);
    expect(await refused(desk, order)).toContain("may not sign it");
  }
});

/** The order with other headers; the grant stays as it was signed. */
function withHeader(composed: ComposedGrant, header: Uint8Array): GrantOrder {
  const [, ...rest] = composed.order.headers;
  return { ...composed.order, headers: [Buffer.from(header).toString("base64"), ...rest] };
}

test("refuses a header that is none, has more behind it, or is for a second recipient too", async () => {
  const desk = await openDesk();
  const composed = await compose(desk);
  const good = Buffer.from(composed.order.headers[0] ?? "", "base64");
  expect(await refused(desk, withHeader(composed, new Uint8Array(40)))).toContain("not an age file");
  expect(await refused(desk, withHeader(composed, Buffer.concat([good, Buffer.from([0])])))).toContain(
    "bytes behind its end",
  );
  const both = rewrap(composed.parcel.subarray(composed.grant.items[0]?.bytes), {
    identities: [identityFromSecret(agency.keys.sealSecret)],
    recipients: [agency.keys, eve].map(({ sealTo }) => parseRecipient(sealTo)),
  });
  expect(await refused(desk, withHeader(composed, both.header))).toContain("not for exactly one recipient");
});

test("refuses a letter that is not the one that was signed, or not sealed", async () => {
  const desk = await openDesk();
  const composed = await compose(desk);
  const letter = Buffer.from(composed.order.letter, "base64");
  const longer = Buffer.concat([letter, Buffer.from([1])]).toString("base64");
  expect(await refused(desk, { ...composed.order, letter: longer })).toContain("the letter has");
  const plain = Buffer.alloc(letter.length, 32).toString("base64");
  expect(await refused(desk, { ...composed.order, letter: plain })).toContain("not an age file");
});

test.each([
  ["withdrawn", "taken this request back"],
  ["refused", "refused, which is final"],
  ["expired", "has run out"],
] as const)("refuses a grant for a request that is %s", async (state, words) => {
  const desk = await openDesk();
  const { order } = await compose(desk);
  const { asked } = desk;
  desk.asked = {
    ...asked,
    request: (hash) => {
      const known = asked.request(hash);
      return known === null ? null : { ...known, state };
    },
  };
  expect(await refused(desk, order)).toContain(words);
});

test("an agency that no longer publishes its key or dock gets nothing", async () => {
  const desk = await openDesk();
  const { order } = await compose(desk);
  for (const change of [{ sealTo: [ada.sealTo] }, { docks: ["https://portal.test/dock/other"] }]) {
    desk.asked = { ...desk.asked, agency: () => ({ ...agency.profile, ...change }) };
    expect(await refused(desk, order)).toContain("no longer publishes");
  }
});

test("refuses everything while the clock cannot be believed", async () => {
  const desk = await openDesk();
  const { order } = await compose(desk);
  desk.clock.stepWall(-3_600_000);
  expect(await refused(desk, order)).toContain("clock cannot be trusted");
});

test("with a full disk nothing is kept, and a later try succeeds", async () => {
  const desk = await openDesk();
  const { order } = await compose(desk);
  desk.disk.full = true;
  expect(await refused(desk, order)).toContain("full");
  desk.disk.full = false;
  desk.ledgerFull = true;
  expect(await refused(desk, order)).toContain("no room for the ledger");
  desk.ledgerFull = false;
  expect(await desk.book.keep(order)).toMatchObject({ state: "sending" });
});

test("wherever the power is cut while it is kept, the next start has it whole or not at all", async () => {
  for (let cutAt = 0; cutAt < 6; cutAt += 1) {
    const desk = await openDesk();
    const { order, grant } = await compose(desk);
    let changesLeft = cutAt;
    desk.disk.plugIn(() => (changesLeft-- === 0 ? 0.5 : null));
    await desk.book.keep(order).catch(() => null);
    await desk.restart();
    const isKept = desk.book.cards.length === 1;
    if (!isKept) expect(await desk.disk.list("consent/grants")).toEqual([]);
    else expect(whats(desk)).toEqual(["grant-signed"]);
    expect((await desk.book.keep(order)).id).toBe(grant.id);
  }
});

test.each([
  ["a link", toLink()],
  ["the archive", toArchive()],
  ["an agency", toAgency()],
])("takes an order for %s", async (_, to) => {
  const desk = await openDesk();
  const { order } = await compose(desk, to);
  expect(await desk.book.keep(order)).toMatchObject({ state: "sending", destination: to.destination });
});

const board = { name: "the board", sealTo: null, deliverTo: "https://portal.test/dock/board" };

function postAt(nowMs: number): Post {
  return {
    id: "post-000001",
    title: "A lost cat",
    text: "Grey, answers to Miep.",
    near: { lat100: 5432, lon100: 1014 },
    nearName: "Harbour",
    share: null,
    issuedAt: nowMs,
    expiresAt: nowMs + dayMs,
  };
}

test("a post goes to the board, as a letter alone", async () => {
  const desk = await openDesk();
  const nowMs = desk.clock.wallMs();
  const draft = { id: "grant-000009", owner: ada, device, recipient: board, nowMs };
  const { order } = composePost(draft, postAt(nowMs));
  expect(await desk.book.keep(order)).toMatchObject({ state: "sending", clips: [] });
});

test("what is no post does not go to the board", async () => {
  const desk = await openDesk();
  const nowMs = desk.clock.wallMs();
  const draft = { id: "grant-000009", owner: ada, device, recipient: board, nowMs };
  const over = composePost(draft, { ...postAt(nowMs), expiresAt: nowMs });
  expect(await refused(desk, over.order)).toContain("this post has run out");
  const { order } = await compose(desk, { ...toLink() });
  const composed = composePost(draft, postAt(nowMs));
  const items = composed.grant.items.map((item) => ({
    ...item,
    bytes: Buffer.from(order.letter, "base64").length,
  }));
  const sealed = resigned(composed, { items }, ada);
  expect(await refused(desk, { ...sealed, letter: order.letter })).toContain("no JSON");
});

test("a court order reaches as far as its window, and never becomes an answer to a request", async () => {
  const desk = await openDesk();
  const from = recordedAt(desk.clock);
  const court = courtOrderOf(ada, {
    device,
    nowMs: desk.clock.wallMs(),
    window: { from, to: from + 4_000 },
  }).order;
  desk.asked = { ...desk.asked, courtOrder: (hash) => (hash === orderHash ? court : null) };
  const to = {
    destination: { kind: "court-order", order: orderHash },
    recipient: { ...toAgency().recipient, name: court.recipient },
  } as const;
  const outside = await compose(desk, to); // fragment 2 begins after 4 s
  expect(await refused(desk, outside.order)).toContain("outside the times that the court ordered");
  const clip = { id: "clip-000001", startWallMs: from, codec: "a", width: 1, height: 1, fragments: [] };
  const inside = await compose(desk, { ...to, choices: [{ clip, indexes: [0, 1] }] });
  const asRequest = resigned(
    inside,
    { destination: { kind: "request", request: orderHash, agency: "harbour-police" } },
    ada,
  );
  expect(await refused(desk, asRequest)).toContain("never shown here");
  expect(await desk.book.keep(inside.order)).toMatchObject({ state: "sending" });
  expect(desk.entries[0]?.detail).toContain("as a court ordered");
});

test("more than sixteen at once are refused", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  for (let i = 0; i < 16; i += 1)
    await desk.book.keep((await compose(desk, { id: `grant-0000${10 + i}` })).order);
  const { order } = await compose(desk, { id: "grant-000099" });
  await expect(desk.book.keep(order)).rejects.toMatchObject({ kind: "exhausted" });
});
