/**
 * I8: no standing or automatic grant can be represented.
 *
 * Two ways of looking. Schemas: in everything that can be signed, sent or set there is no place to say "always",
 * "all" or "from now on"; every list and every number has an end, and a field that nobody declared is an error. Laws:
 * whatever a request says, if a doorbell would show it, it looks back and it ends.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { settingsSchema } from "../../config/schema.ts";
import * as after from "../../daemon/consent/after.ts";
import { agencySchema } from "../../daemon/consent/agency.ts";
import { requestProblem } from "../../daemon/consent/check-request.ts";
import { courtOrderSchema } from "../../daemon/consent/court-order.ts";
import { destinationSchema, grantSchema, itemSchema } from "../../daemon/consent/grant.ts";
import { letterSchema } from "../../daemon/consent/letter.ts";
import { limits } from "../../daemon/consent/limits.ts";
import { moderationSchema } from "../../daemon/consent/moderation.ts";
import { postSchema } from "../../daemon/consent/post.ts";
import { requestSchema, withdrawalSchema, type Request } from "../../daemon/consent/request.ts";
import { policySchema } from "../../daemon/policy/policy.ts";
import { grantOrderSchema } from "../../daemon/wire/api-consent.ts";
import { keeperToCourierSchema } from "../../daemon/wire/messages.ts";
import { testAgency, testRequest } from "../../scripts/rigs/agency.ts";

interface Json {
  readonly [key: string]: unknown;
}

/** What is said about consent, anywhere. */
const messages: Readonly<Record<string, z.ZodType>> = {
  agency: agencySchema,
  request: requestSchema,
  withdrawal: withdrawalSchema,
  moderation: moderationSchema,
  "court order": courtOrderSchema,
  grant: grantSchema,
  letter: letterSchema,
  revocation: after.revocationSchema,
  receipt: after.receiptSchema,
  "deletion notice": after.deletionNoticeSchema,
  "deletion answer": after.deletionAnswerSchema,
  post: postSchema,
  policy: policySchema,
  "grant's order": grantOrderSchema,
  "keeper to courier": keeperToCourierSchema,
};

const standing =
  /always|auto|standing|forever|permanent|recurr|repeat|subscri|every|future|ongoing|default|wildcard|pattern|rule|schedule/iu;

function* schemasIn(schema: unknown, path = ""): Generator<[string, Json]> {
  if (typeof schema !== "object" || schema === null) return;
  if (Array.isArray(schema)) {
    for (const [i, each] of schema.entries()) yield* schemasIn(each, `${path}[${i}]`);
    return;
  }
  const json = schema as Json;
  yield [path, json];
  for (const [key, value] of Object.entries(json)) yield* schemasIn(value, `${path}.${key}`);
}

const partsOf = (schema: z.ZodType): [string, Json][] => [
  ...schemasIn(z.toJSONSchema(schema, { unrepresentable: "any" })),
];

describe.each(Object.entries(messages))("I8: %s", (_name, schema) => {
  const parts = partsOf(schema);

  test("takes no field that was not declared", () => {
    const open = parts.filter(
      ([, { type, additionalProperties }]) => type === "object" && additionalProperties !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test("has no word for what goes on by itself", () => {
    const words = parts.flatMap(([, { properties, const: only, enum: some }]) => [
      ...Object.keys((properties as Json | undefined) ?? {}),
      ...[only, some].flat().filter((word) => typeof word === "string"),
    ]);
    expect(words.filter((word) => standing.test(word))).toEqual([]);
  });

  test("has an end to every list", () => {
    const endless = parts.filter(
      ([, { type, maxItems, prefixItems }]) =>
        type === "array" && maxItems === undefined && prefixItems === undefined,
    );
    expect(endless.map(([path]) => path)).toEqual([]);
  });
});

describe("I8: a grant", () => {
  const sha256 = "a".repeat(64);
  const fragment = { part: "fragment", clip: "clip-0001", index: 3, bytes: 10, chunks: [sha256] };

  test("names bytes by their hash, and nothing that is still to come", () => {
    expect(itemSchema.safeParse(fragment).success).toBe(true);
    for (const broken of [
      { ...fragment, chunks: [] },
      { ...fragment, chunks: ["*"] },
      { ...fragment, index: null },
      { ...fragment, index: "all" },
      { ...fragment, clip: "*" },
      { ...fragment, bytes: 0 },
      { ...fragment, to: 9 },
      { part: "clip", clip: "clip-0001" },
      { part: "all" },
    ])
      expect([broken, itemSchema.safeParse(broken).success]).toEqual([broken, false]);
  });

  test("has an end, one recipient and one destination of the closed list", () => {
    const fields = Object.keys(grantSchema.shape).toSorted();
    expect(fields).toEqual(
      [
        "destination",
        "device",
        "id",
        "issuedAt",
        "items",
        "notAfter",
        "ownerKey",
        "purpose",
        "recipient",
      ].toSorted(),
    );
    expect(grantSchema.shape.notAfter.safeParse(null).success).toBe(false);
    expect(grantSchema.shape.notAfter.safeParse(Infinity).success).toBe(false);
    expect(grantSchema.shape.items.safeParse([]).success).toBe(false);
    const kinds = destinationSchema.options.map(({ shape }) => shape.kind.value);
    expect(kinds).toEqual(["request", "court-order", "archive", "neighbour", "link", "board"]);
  });
});

test("I8: no setting says yes: what consent has of them only delays and limits", () => {
  const { consent, portal, archive } = settingsSchema.parse({});
  expect(Object.keys(consent)).toEqual(["coolingOffS", "mostShownPerDay"]);
  expect(Object.keys(portal)).toEqual(["url", "logKey", "registrarKey", "docks", "pollMinutes"]);
  expect(Object.keys(archive)).toEqual(["to"]);
});

describe("I8: a request that a doorbell shows", () => {
  const agency = testAgency();
  const nowMs = Date.UTC(2026, 10, 26, 12);
  const { signKey } = agency.keys;
  const hourMs = 3_600_000;
  const offset = fc.integer({ min: -1_200 * hourMs, max: 1_200 * hourMs });
  const near = fc.integer({ min: -13 * hourMs, max: hourMs });
  const requests: fc.Arbitrary<Request> = fc
    .record({
      issued: fc.oneof(near, offset),
      from: fc.oneof(near, offset),
      length: near,
      life: offset,
      keepDays: fc.nat(800),
    })
    .map(({ issued, from, length, life, keepDays }) => {
      const issuedAt = nowMs + issued;
      const window = { from: issuedAt + from, to: issuedAt + from - length };
      return { ...testRequest(agency, { nowMs }), issuedAt, window, expiresAt: issuedAt + life, keepDays };
    });

  test("looks back and ends, whatever it says", () => {
    let shown = 0;
    fc.assert(
      fc.property(requests, (request) => {
        const problem = requestProblem(request, { agency: agency.profile, signKey, nowMs });
        if (problem !== null) return;
        shown += 1;
        const { window, issuedAt, expiresAt } = request;
        expect(window.to).toBeLessThanOrEqual(issuedAt);
        expect(window.to).toBeLessThanOrEqual(nowMs + limits.clockSlackMs);
        expect(window.to - window.from).toBeLessThanOrEqual(limits.maxWindowMs);
        expect(expiresAt).toBeGreaterThan(nowMs);
        expect(expiresAt).toBeLessThanOrEqual(nowMs + limits.clockSlackMs + limits.maxLifetimeMs);
      }),
      { numRuns: 20_000 },
    );
    expect(shown).toBeGreaterThan(50);
  });
});
