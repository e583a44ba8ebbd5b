/** A drawing to a policy and back, bit for bit; what is read of the policy in force. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "../../../daemon/identity/base64url.ts";
import { keysOf, signEnvelope } from "../../../daemon/identity/keys.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { policySchema } from "../../../daemon/policy/policy.ts";
import type { MaskShape } from "../../../daemon/policy/shape.ts";
import type { Point } from "../../../hal/geometry.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { emptyDrawing } from "../../../web/drawing/shapes.ts";
import { readInForce } from "../../../web/line/in-force.ts";
import { outcomeOf } from "../../../web/line/outcome.ts";
import {
  drawingFrom,
  isSameMask,
  maskFrom,
  maskOf,
  noWays,
  policyOf,
} from "../../../web/line/policy-draft.ts";
import { house } from "../drawing/drawings.ts";
import { aStatus } from "../samples.ts";

const keys = keysOf(new Uint8Array(32).fill(7));
const facts = {
  version: 3,
  camera: keys.signKey,
  picture: { width: 1280, height: 720 },
  retentionHours: 72,
  issuedAt: 1,
  ways: noWays,
};

/** Triangles that are never flat, with corners of any length behind the point. */
const fraction = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const triangle = fc.tuple(fraction, fraction).map(([x, y]): Point[] => [
  [0, y / 2],
  [1, 0],
  [x, 1],
]);
const anyMask = fc.record({ propertyLine: triangle, privacyZones: fc.array(triangle, { maxLength: 3 }) });

test("a policy that was drawn, signed and read again has the very same corners", () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const drawn = maskOf(drawingFrom(mask));
      expect(drawn).not.toBeNull();
      const envelope = signEnvelope(keys, payloadTypes.policy, policyOf(drawn ?? mask, facts));
      const back = readInForce(JSON.parse(JSON.stringify(envelope)));
      expect(back?.mask).toEqual(mask);
      expect(isSameMask(back?.mask ?? null, mask)).toBe(true);
    }),
  );
});

test("what is signed is a policy by the eye's own schema", () => {
  const policy = policyOf(porchPolicy, facts);
  expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
});

test("without a line there is no mask, and from no mask an empty drawing", () => {
  expect(maskOf(emptyDrawing)).toBeNull();
  expect(maskOf({ shapes: house.shapes.filter(({ role }) => role === "hidden") })).toBeNull();
  expect(drawingFrom(null)).toBe(emptyDrawing);
});

test("one bit of one corner is a difference", () => {
  const [first, ...rest] = porchPolicy.propertyLine;
  const moved: MaskShape = {
    ...porchPolicy,
    propertyLine: [[(first?.[0] ?? 0) + Number.EPSILON, first?.[1] ?? 0], ...rest],
  };
  expect(isSameMask(porchPolicy, moved)).toBe(false);
  expect(isSameMask(porchPolicy, { ...porchPolicy })).toBe(true);
});

const envelopeOf = (text: string) => ({ payload: toBase64Url(new TextEncoder().encode(text)) });

test.each<[string, unknown]>([
  ["nothing", null],
  ["no envelope", { payload: 7 }],
  ["no base64", { payload: "!" }],
  ["no JSON", envelopeOf("{")],
  [
    "a line that crosses itself",
    envelopeOf(
      JSON.stringify({
        ...facts,
        propertyLine: [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
        ],
        privacyZones: [],
      }),
    ),
  ],
  ["no version", envelopeOf(JSON.stringify({ ...porchPolicy, retentionHours: 1 }))],
])("%s in force is read as none", (_, envelope) => {
  expect(readInForce(envelope)).toBeNull();
});

test.each<[string, unknown]>([
  ["text", "line"],
  [
    "corners of three numbers",
    {
      propertyLine: [
        [0, 0, 0],
        [1, 0, 0],
        [1, 1, 0],
      ],
      privacyZones: [],
    },
  ],
  [
    "corners of text",
    {
      propertyLine: [
        ["0", "0"],
        ["1", "0"],
        ["1", "1"],
      ],
      privacyZones: [],
    },
  ],
  ["zones that are no list", { propertyLine: porchPolicy.propertyLine, privacyZones: {} }],
])("%s is no suggestion", (_, value) => {
  expect(maskFrom(value)).toBeNull();
});

test("a new policy waits until the camera names its version, and says what the camera refused", () => {
  const at = (policyVersion: number | null, fault?: { kind: string; message: string; hint?: string }) => {
    const status = aStatus({ visibleFrac: 0.5 });
    const { mask } = status;
    return { ...status, mask: { ...mask, policyVersion, ...(fault === undefined ? {} : { fault }) } };
  };
  expect(outcomeOf(3, null, false)).toEqual({ kind: "waiting" });
  expect(outcomeOf(3, at(2), true)).toEqual({ kind: "waiting" });
  expect(outcomeOf(3, at(3), false)).toEqual({ kind: "in-force", version: 3, visibleFrac: 0.5 });
  expect(outcomeOf(3, at(3, { kind: "invalid", message: "no", hint: "draw" }), false)).toEqual({
    kind: "refused",
    why: "no (draw)",
  });
  const foreign = at(null, { kind: "denied", message: "not an owner" });
  expect(outcomeOf(3, foreign, false)).toEqual({ kind: "waiting" });
  expect(outcomeOf(3, foreign, true)).toEqual({ kind: "refused", why: "not an owner" });
});

test("ways out are read as they were signed, and what is no plain yes is closed", () => {
  const ways = { audio: true, publish: { rtsp: true, ntfy: false } };
  const signed = envelopeOf(JSON.stringify(policyOf(porchPolicy, { ...facts, ways })));
  expect(readInForce(signed)?.ways).toEqual({ audio: true, publish: { rtsp: true } });
  const odd = { ...policyOf(porchPolicy, facts), audio: "yes", publish: { rtsp: 1, cloud: true } };
  expect(readInForce(envelopeOf(JSON.stringify(odd)))?.ways).toEqual(noWays);
  const none = { ...policyOf(porchPolicy, facts), publish: null };
  expect(readInForce(envelopeOf(JSON.stringify(none)))?.ways).toEqual(noWays);
});
