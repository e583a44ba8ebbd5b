import fc from "fast-check";
import { expect, test } from "vitest";
import { gate, type GateFacts } from "../../../daemon/consent/gate.ts";
import { grantStates } from "../../../daemon/wire/api-consent.ts";
import { gateRefusals, type GateRefusal } from "../../../daemon/wire/messages.ts";

const recipient = { name: "Harbour Police", sealTo: "age1harbour", deliverTo: "https://p.example/dock/a" };
const grant = { recipient, notAfter: 2_000, signKey: "ada" };
const open: GateFacts = {
  grant,
  ownerKeys: ["bo", "ada"],
  state: "sending",
  revoked: false,
  clock: { trusted: true, wallMs: 1_999 },
  recipientNow: recipient,
  carriedTo: recipient.deliverTo,
  wantedSha256: "aa",
  sha256: "aa",
  intentDurable: true,
};

type Flip = readonly [GateRefusal, Partial<GateFacts>];
const flips: readonly Flip[] = [
  ["no-such-grant", { grant: null }],
  ["not-signed-by-owner", { ownerKeys: ["bo"] }],
  ["not-signed-by-owner", { ownerKeys: [] }],
  ["revoked", { revoked: true }],
  ...grantStates.filter((state) => state !== "sending").map((state): Flip => ["not-sending", { state }]),
  ["clock-not-trusted", { clock: { trusted: false, wallMs: 1_999 } }],
  ["expired", { clock: { trusted: true, wallMs: 2_000 } }],
  ["chunk-not-in-manifest", { wantedSha256: null }],
  ["chunk-not-in-manifest", { wantedSha256: null, sha256: null }],
  ["recipient-changed", { recipientNow: null }],
  ["recipient-changed", { recipientNow: { ...recipient, sealTo: "age1other" } }],
  ["recipient-changed", { recipientNow: { ...recipient, deliverTo: "https://q.example/" } }],
  ["recipient-changed", { carriedTo: null }],
  ["recipient-changed", { carriedTo: "https://q.example/" }],
  ["bytes-changed", { sha256: "ab" }],
  ["bytes-changed", { sha256: null }],
  ["intent-not-durable", { intentDurable: false }],
];

test("opens when every condition is met", () => {
  expect(gate(open)).toBeNull();
});

test("a recipient's name may be written otherwise; key and address may not", () => {
  expect(gate({ ...open, recipientNow: { ...recipient, name: "harbour police" } })).toBeNull();
});

test.each(flips)("refuses with %s when only %o", (refusal, change) => {
  expect(gate({ ...open, ...change })).toBe(refusal);
});

test("every refusal is one of these", () => {
  expect(new Set(flips.map(([refusal]) => refusal))).toEqual(new Set(gateRefusals));
});

test("refuses whenever any condition is not met, whatever the others are", () => {
  fc.assert(
    fc.property(fc.subarray([...flips], { minLength: 1 }), (some) => {
      const facts: GateFacts = Object.assign({}, open, ...some.map(([, change]) => change));
      expect(gate(facts)).not.toBeNull();
    }),
  );
});
