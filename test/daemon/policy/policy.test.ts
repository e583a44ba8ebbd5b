import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { openPolicy, policySchema, type Policy } from "../../../daemon/policy/policy.ts";
import { maxPrivacyZones } from "../../../daemon/policy/shape.ts";
import { policyOf } from "../../../scripts/rigs/paired.ts";
import { ada, bo, Chain, eve, personOf } from "../eye/trust/house.ts";

const device = eve.signKey; // any 32 bytes name a doorbell
const { household } = new Chain(device).add({ type: "enrol", person: personOf(bo, "owner", "Bo") });
const whole = policyOf(device);

describe("a policy is refused for", () => {
  const zone = whole.privacyZones[0] ?? [];
  test.each<[string, object, string]>([
    ["a version 0", { version: 0 }, "version"],
    ["a version that is no whole number", { version: 1.5 }, "version"],
    ["a version that is text", { version: "1" }, "version"],
    ["sound", { audio: "recorded" }, "audio"],
    ["a line that is missing", { propertyLine: undefined }, "propertyLine"],
    [
      "too many privacy zones",
      { privacyZones: Array.from({ length: maxPrivacyZones + 1 }, () => zone) },
      "privacyZones",
    ],
    ["a privacy zone of two corners", { privacyZones: [zone.slice(0, 2)] }, "privacyZones"],
    [
      "a corner of three numbers",
      {
        propertyLine: [
          [0, 0],
          [1, 0],
          [1, 1, 1],
        ],
      },
      "propertyLine",
    ],
    ["recordings kept for ever", { retentionHours: 721 }, "retentionHours"],
    ["recordings kept for no time", { retentionHours: 0 }, "retentionHours"],
    ["a picture without a size", { picture: { width: 0, height: 720 } }, "picture"],
    ["something to publish", { publish: { clips: true } }, "publish"],
    ["a key that nobody knows", { motionZones: [] }, "motionZones"],
  ])("%s", (_name, change, words) => {
    const envelope = signEnvelope(ada, payloadTypes.policy, { ...whole, ...change });
    expect(() => openPolicy(envelope, household)).toThrow(
      expect.objectContaining({ kind: "invalid", message: expect.stringContaining(words) }),
    );
  });
});

test("every owner may sign, whatever the clock said", () => {
  const tenYearsMs = 10 * 365 * 24 * 3_600_000;
  const now = Date.UTC(2026, 0, 1);
  for (const [owner, issuedAt] of [
    [ada, 0],
    [bo, now - tenYearsMs],
    [bo, now + tenYearsMs],
  ] as const)
    expect(
      openPolicy(signEnvelope(owner, payloadTypes.policy, { ...whole, issuedAt }), household),
    ).toMatchObject({
      signKey: owner.signKey,
      value: { version: 1, issuedAt },
    });
});

/** What a doorbell and a page make of a policy: signed, written, read, verified. */
function again(policy: Policy): Policy {
  const written = JSON.stringify(signEnvelope(ada, payloadTypes.policy, policy));
  return openPolicy(JSON.parse(written), household).value;
}

function bitsOf({ propertyLine, privacyZones }: Policy): string {
  return Buffer.from(Float64Array.from([...propertyLine, ...privacyZones.flat()].flat()).buffer).toString(
    "hex",
  );
}

test("after a thousand times of saving and loading every corner is the same, bit for bit", () => {
  const awkward: Policy["propertyLine"] = [
    [0.1 + 0.2, 1 / 3],
    [1 - 2 ** -53, Number.MIN_VALUE],
    [2 / 3, 0.7 + 0.1],
    [5e-324, 1],
  ];
  let saved: Policy = { ...whole, propertyLine: awkward };
  const before = bitsOf(saved);
  for (let i = 0; i < 1_000; i += 1) saved = again(saved);
  expect(bitsOf(saved)).toBe(before);
});

test("any line that may be signed comes back bit for bit", () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 6 }), (propertyLine) => {
      const policy = { ...whole, propertyLine };
      fc.pre(policySchema.safeParse(policy).success);
      expect(bitsOf(again(policy))).toBe(bitsOf(policy));
    }),
  );
});
