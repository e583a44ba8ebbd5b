import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyHousehold,
  joined,
  maxPeople,
  maxRecords,
  ownerWith,
  replayHousehold,
  viewersOf,
} from "../../../daemon/household/household.ts";
import { roles } from "../../../daemon/household/roles.ts";
import { fromBase64Url, toBase64Url } from "../../../daemon/identity/base64url.ts";
import { payloadTypes, type Envelope } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { human } from "../../../scripts/rigs/person.ts";
import { chainOf, device, recordFor, signed } from "./chain.ts";

/** Two owners, everybody else once, and one who left. */
const family = chainOf([
  { enrol: 1, by: 1 },
  { enrol: 2, by: 1 },
  { enrol: 3, role: "member", by: 2 },
  { enrol: 4, role: "installer", by: 1 },
  { enrol: 5, role: "tester", by: 2 },
  { enrol: 6, role: "owner", by: 1 },
  { remove: 6, by: 2 },
]);

describe("a household", () => {
  test("is whoever the records say, in order", () => {
    expect(replayHousehold(family.envelopes, device)).toEqual(family.household);
    expect(family.household.people.map(({ role }) => role)).toEqual(["owner", "owner", ...roles.slice(1)]);
    expect(family.household.count).toBe(7);
  });

  test("is sealed to its owners and members, and to nobody else", () => {
    expect(viewersOf(family.household)).toEqual([1, 2, 3].map((number) => testKeys(number).sealTo));
  });

  test("knows its owners by their keys", () => {
    expect(
      [1, 2, 3, 6].map((number) => ownerWith(family.household, testKeys(number).signKey)?.id ?? null),
    ).toEqual(["person-0001", "person-0002", null, null]);
  });
});

describe("the chain", () => {
  test("with one record left out, doubled or moved is refused", () => {
    const at = fc.nat(family.envelopes.length - 1);
    fc.assert(
      fc.property(at, at, fc.constantFrom("leave out", "double", "swap"), (i, j, how) => {
        const records = [...family.envelopes];
        const [a, b] = [records[i], records[j]];
        if (a === undefined || b === undefined) return;
        if (how === "leave out") records.splice(i, 1);
        if (how === "double") records.splice(j, 0, a);
        if (how === "swap") [records[i], records[j]] = [b, a];
        fc.pre(how !== "swap" || i !== j);
        // without its last records a chain is a shorter one: what the eye pins, not what replay refuses
        fc.pre(how !== "leave out" || i !== family.envelopes.length - 1);
        expect(() => replayHousehold(records, device)).toThrow();
      }),
    );
  });

  test("with any bit of any record changed is refused", () => {
    const bytesOf = family.envelopes.map(({ payload }) => fromBase64Url(payload) ?? new Uint8Array());
    fc.assert(
      fc.property(fc.nat(family.envelopes.length - 1), fc.nat(), fc.nat(7), (at, place, bit) => {
        const bytes = Uint8Array.from(bytesOf[at] ?? []);
        const index = place % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        const changed = family.envelopes.map((each, i) =>
          i === at ? { ...each, payload: toBase64Url(bytes) } : each,
        );
        expect(() => replayHousehold(changed, device)).toThrow("does not fit");
      }),
    );
  });

  test("of another doorbell is refused", () => {
    expect(() => replayHousehold(family.envelopes, testKeys(201).signKey)).toThrow("another doorbell");
  });
});

test("a household that has changed more often than the eye reads takes no more records", () => {
  const full = { ...family.household, count: maxRecords };
  expect(() => joined(full, signed(recordFor(full, { enrol: 9, by: 1 }), 1))).toThrow("3000 times");
});

describe("a record is refused", () => {
  const { household } = family;
  const next = recordFor(household, { enrol: 9, by: 1 });

  test.each([
    ["a member", 3],
    ["an installer", 4],
    ["a tester", 5],
    ["an owner who was removed", 6],
    ["a stranger", 9],
  ])("when %s signs it", (_name, by) => {
    expect(() => joined(household, signed(next, by))).toThrow("may not sign");
  });

  test.each<[string, object, string]>([
    ["its number is that of the last one", { seq: household.count - 1 }, "does not follow"],
    ["it leaves a number out", { seq: household.count + 1 }, "does not follow"],
    ["it names no predecessor", { prev: null }, "does not follow"],
    ["it names another predecessor", { prev: "0".repeat(64) }, "does not follow"],
    ["it is for another doorbell", { device: testKeys(7).signKey }, "another doorbell"],
    ["it has a field more", { note: "" }, "not valid"],
    [
      "it enrols somebody under an id in use",
      { person: { ...human(9).person, id: human(1).person.id } },
      "enrolled already",
    ],
    [
      "it enrols a key again",
      { person: { ...human(3, "member").person, id: "somebody" } },
      "enrolled already",
    ],
    [
      "it gives somebody another's seal key",
      { person: { ...human(9).person, sealTo: testKeys(1).sealTo } },
      "enrolled already",
    ],
    ["a tester has a seal key", { person: { ...human(9).person, role: "tester" } }, "sealTo"],
    ["a member has none", { person: { ...human(9, "member").person, sealTo: null } }, "sealTo"],
    ["the seal key is none", { person: { ...human(9).person, sealTo: "age1nothing" } }, "age recipient"],
    ["the role is unknown", { person: { ...human(9).person, role: "landlord" } }, "not valid"],
    ["the name is empty", { person: { ...human(9).person, name: " " } }, "not valid"],
  ])("when %s", (_name, change, words) => {
    expect(() => joined(household, signed({ ...next, ...change }, 1))).toThrow(words);
  });

  test("when it removes the last owner, or nobody", () => {
    const alone = chainOf([{ enrol: 1, by: 1 }]).household;
    expect(() => joined(alone, signed(recordFor(alone, { remove: 1, by: 1 }), 1))).toThrow("last owner");
    expect(() => joined(household, signed(recordFor(household, { remove: 99, by: 1 }), 1))).toThrow(
      "nobody with this id",
    );
  });

  test("when it is a message of another kind", () => {
    const envelope = signEnvelope(testKeys(1), payloadTypes.policy, next);
    expect(() => joined(household, envelope)).toThrow("has the type");
  });

  test("when the house is full", () => {
    const others = Array.from({ length: maxPeople - 1 }, (_, i) => ({
      enrol: i + 2,
      role: "tester" as const,
      by: 1,
    }));
    const full = chainOf([{ enrol: 1, by: 1 }, ...others]).household;
    expect(() => joined(full, signed(recordFor(full, { enrol: 190, by: 1 }), 1))).toThrow(
      `at most ${maxPeople}`,
    );
  });
});

describe("the first record", () => {
  const empty = emptyHousehold(device);

  test.each<[string, () => Envelope, string]>([
    [
      "enrols a member",
      () => signed(recordFor(empty, { enrol: 1, role: "member", by: 1 }), 1),
      "first person is an owner",
    ],
    ["is signed by somebody else", () => signed(recordFor(empty, { enrol: 1, by: 2 }), 2), "their own key"],
    ["removes somebody", () => signed(recordFor(empty, { remove: 1, by: 1 }), 1), "nobody with this id"],
  ])("is refused when it %s", (_name, make, words) => {
    expect(() => joined(empty, make())).toThrow(words);
  });
});

test("whatever is signed in whatever order: only owners of that moment ever changed anything", () => {
  const person = fc.integer({ min: 1, max: 5 });
  const step = fc.record({ who: person, role: fc.constantFrom(...roles), by: person, enrols: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let household = chainOf([{ enrol: 1, by: 1 }]).household;
      for (const { who, role, by, enrols } of steps) {
        const change = enrols ? { enrol: who, role, by } : { remove: who, by };
        const mayAct = ownerWith(household, testKeys(by).signKey) !== null;
        try {
          household = joined(household, signed(recordFor(household, change), by));
          expect(mayAct).toBe(true);
        } catch (error) {
          if (!mayAct) expect(error).toMatchObject({ kind: "denied" });
        }
        expect(household.people.some((each) => each.role === "owner")).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
