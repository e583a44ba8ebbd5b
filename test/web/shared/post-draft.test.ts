/** A post as an owner writes it: coarse place, two keys, a grant of its own. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { grantSchema } from "../../../daemon/consent/grant.ts";
import { checkItemOrder } from "../../../daemon/consent/item-order.ts";
import { postSchema } from "../../../daemon/consent/post.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { boardKeyOf, keysOf, signEnvelope } from "../../../daemon/identity/keys.ts";
import { verifyEnvelope } from "../../../daemon/identity/verify.ts";
import { grantOrderSchema } from "../../../daemon/wire/api-consent.ts";
import { hashChunks } from "../../../web/open/chunk-hashes.ts";
import { linkOf, newLinkKey } from "../../../web/share/age-key.ts";
import { coarseOf, isShareLink, postOf, signPost, type PostForm } from "../../../web/shared/post-draft.ts";

const seed = new Uint8Array(32).fill(9);
const [owner, board] = [keysOf(seed), boardKeyOf(seed)];
const id = "0123456789abcdef0123456789abcdef";
const nowMs = 1_795_000_000_000;
const link = linkOf("https://portal.example/dock/shares", id, newLinkKey().secret);
const form: PostForm = {
  title: " A bicycle was taken ",
  text: "On Tuesday,\r\nat noon.",
  nearName: "Harbour hill",
  lat: "54,3233",
  lon: "-10.1394",
  days: 7,
  share: null,
};
const me = {
  device: owner.signKey,
  person: {
    id: "person-0001",
    name: "Ada",
    role: "owner",
    signKey: owner.signKey,
    sealTo: owner.sealTo,
  } as const,
  sign: async (...[type, value]: Parameters<typeof signing>) => signing(type, value),
  signOnBoard: async (...[type, value]: Parameters<typeof signing>) => signEnvelope(board, type, value),
};
const signing = (type: Parameters<typeof signEnvelope>[1], value: unknown) =>
  signEnvelope(owner, type, value);

test("what is written becomes a post of the shape that boards take", () => {
  const post = postOf(form, { id, nowMs });
  expect(postSchema.parse(post)).toEqual(post);
  expect(post).toMatchObject({
    title: "A bicycle was taken",
    text: "On Tuesday,\nat noon.",
    near: { lat100: 5432, lon100: -1014 },
    expiresAt: nowMs + 7 * 86_400_000,
  });
});

test("whatever place is typed, no finer one than a hundredth of a degree is in the post", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, lon) => {
        const near = coarseOf(lat, lon);
        expect(Number.isInteger(near?.lat100) && Number.isInteger(near?.lon100)).toBe(true);
        expect(Math.abs((near?.lat100 ?? 0) / 100 - lat)).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(Object.is(near?.lat100, -0) || Object.is(near?.lon100, -0)).toBe(false);
      },
    ),
  );
});

test.each([
  [{ title: "  " }],
  [{ text: "\n" }],
  [{ nearName: "" }],
  [{ lat: "" }],
  [{ lat: "91" }],
  [{ lon: "east" }],
  [{ share: "" }],
  [{ share: "https://portal.example/s/0123456789" }],
] as const)("with %j it is not a post yet", (change) => {
  expect(postOf({ ...form, ...change }, { id, nowMs })).toBeNull();
});

test.each([
  [link, true],
  [`  ${link}\n`, true],
  [link.split("#")[0] ?? "", false],
  [link.replace("/s/", "/x/"), false],
  [link.replace("https:", "javascript:"), false],
  [link.slice(0, -1), false],
  ["", false],
])("%j is a link to a share: %s", (text, is) => {
  expect(isShareLink(text)).toBe(is);
});

test("the board key signs the post, the owner's the grant that lists its bytes, and nothing else leaves", async () => {
  const post = postOf({ ...form, share: link }, { id, nowMs });
  if (post === null) throw new Error("the form is complete");
  const ink = { me, nowMs, board: "https://portal.example/dock/board", name: "Board", purpose: "A post" };
  const order = await signPost(post, ink);
  expect(grantOrderSchema.parse(order)).toEqual(order);
  const trusts = (key: string) => (wanted: string) => wanted === key;
  const grant = verifyEnvelope(order.envelope, {
    type: payloadTypes.grant,
    schema: grantSchema,
    trusts: trusts(owner.signKey),
    what: "grant",
  }).value;
  checkItemOrder(grant);
  const letter = Buffer.from(order.letter, "base64");
  expect(grant.items).toEqual([{ part: "letter", ...hashChunks([letter]) }]);
  expect(grant.recipient.sealTo).toBeNull();
  expect(letter.toString()).not.toContain(owner.signKey);
  const told = verifyEnvelope(JSON.parse(letter.toString()), {
    type: payloadTypes.post,
    schema: postSchema,
    trusts: trusts(board.signKey),
    what: "post",
  });
  expect(told.value).toEqual(post);
});
