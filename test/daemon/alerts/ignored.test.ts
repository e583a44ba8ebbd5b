/** When there is nothing in an event that anybody wants: the pure decision. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isIgnored, type Judgeable } from "../../../daemon/alerts/ignored.ts";
import { judged, zoneActions, type Actions, type WhatRules } from "../../../daemon/alerts/zone-actions.ts";
import { sparedBy } from "../../../daemon/wire/api.ts";
import { happeningKinds } from "../../../daemon/wire/what.ts";
import { labels } from "../../../models/labels.ts";

const zoneNames = ["path", "porch", "gate"] as const;
const subset = <T>(all: readonly T[], minLength = 0): fc.Arbitrary<T[]> =>
  fc.subarray([...all], { minLength });
const action = fc.constantFrom(...zoneActions);
const actions: fc.Arbitrary<Actions> = fc.record(
  { person: action, vehicle: action, animal: action, other: action },
  { requiredKeys: [] },
);
const rules: fc.Arbitrary<WhatRules> = fc.record({
  whole: actions,
  zones: fc.dictionary(fc.constantFrom(...zoneNames), actions).map((own) => new Map(Object.entries(own))),
});
const event: fc.Arbitrary<Judgeable> = fc.record({
  kind: fc.constantFrom("ring" as const, "motion" as const),
  state: fc.constantFrom("open" as const, "closed" as const, "interrupted" as const),
  zones: subset(zoneNames),
  what: subset(labels),
  said: subset(labels).map((each) => each.map((label) => ({ label, score: 0.5 }))),
  happenings: subset(happeningKinds),
  mark: fc.constantFrom("good" as const, "false" as const, null),
  corrected: fc.constantFrom(...labels, null),
  spared: fc.constantFrom(...sparedBy, null),
});

/** Every word ruled "ignore" everywhere. */
const nothing: Actions = { person: "ignore", vehicle: "ignore", animal: "ignore", other: "ignore" };
const nobodyCares: WhatRules = { whole: nothing, zones: new Map() };
const cat: Judgeable = {
  kind: "motion",
  state: "closed",
  zones: ["path"],
  what: ["animal"],
  said: [{ label: "animal", score: 0.9 }],
  happenings: [],
  mark: null,
  corrected: null,
  spared: null,
};

test("law: a ring, what goes on, what nobody could name and what anybody touched is never ignored", () => {
  fc.assert(
    fc.property(event, rules, (given, said) => {
      const { kind, state, what, mark, corrected, spared } = given;
      const isTouched = mark !== null || corrected !== null || spared !== null;
      if (kind === "ring" || state !== "closed" || what.length === 0 || isTouched)
        expect(isIgnored(given, said)).toBe(false);
    }),
  );
});

test("law: what is ignored stays so when rules want less, and is wanted when one of its words is", () => {
  fc.assert(
    fc.property(event, rules, (given, said) => {
      if (!isIgnored(given, said)) return;
      expect(isIgnored(given, nobodyCares)).toBe(true);
      const named = [...given.what, ...given.said.map(({ label }) => label)];
      expect(named).not.toContain("parcel");
      for (const word of judged.filter((label) => named.includes(label))) {
        const wanted = { whole: { ...said.whole, [word]: "record" as const }, zones: new Map() };
        expect(isIgnored(given, wanted)).toBe(false);
      }
    }),
  );
});

test("law: where everything is ignored, only a parcel, a happening with one, or a person's word is wanted", () => {
  fc.assert(
    fc.property(event, (given) => {
      const over: Judgeable = { ...given, kind: "motion", state: "closed", mark: null, corrected: null };
      const words = [...over.what, ...over.said.map(({ label }) => label), ...over.happenings];
      const hasParcel = words.some((each) => each.startsWith("parcel"));
      const expected = over.what.length > 0 && !hasParcel && over.spared === null;
      expect(isIgnored(over, nobodyCares)).toBe(expected);
    }),
  );
});

test.each<[string, Partial<Judgeable>, WhatRules, boolean]>([
  ["an animal, ignored everywhere", {}, nobodyCares, true],
  ["nothing ruled at all", {}, { whole: {}, zones: new Map() }, false],
  [
    "a person beside the animal",
    { what: ["animal", "person"] },
    { whole: { animal: "ignore" }, zones: new Map() },
    false,
  ],
  [
    "a zone that wants animals",
    { zones: ["path", "gate"] },
    { whole: { animal: "ignore" }, zones: new Map([["gate", { animal: "record" }]]) },
    false,
  ],
  [
    "that zone was not reached",
    {},
    { whole: { animal: "ignore" }, zones: new Map([["gate", { animal: "record" }]]) },
    true,
  ],
  ["a zone alone that ignores", {}, { whole: {}, zones: new Map([["path", { animal: "ignore" }]]) }, true],
  [
    "nobody knows where",
    { zones: [] },
    { whole: {}, zones: new Map([["path", { animal: "ignore" }]]) },
    false,
  ],
  [
    "a person whom a threshold of the house keeps from being named",
    {
      what: ["vehicle"],
      said: [
        { label: "vehicle", score: 0.9 },
        { label: "person", score: 0.6 },
      ],
    },
    { whole: { vehicle: "ignore" }, zones: new Map() },
    false,
  ],
  [
    "a car that rolled in, where cars are ignored and nobody else is",
    { what: ["vehicle"], said: [{ label: "vehicle", score: 0.9 }], happenings: ["crossed"] },
    { whole: { vehicle: "ignore" }, zones: new Map() },
    true,
  ],
  [
    "somebody came in beside the animal",
    { happenings: ["crossed"] },
    { whole: { animal: "ignore", vehicle: "ignore" }, zones: new Map() },
    false,
  ],
  [
    "somebody waits though no person was named",
    { happenings: ["waiting"] },
    { whole: { animal: "ignore" }, zones: new Map() },
    false,
  ],
])("%s", (_name, change, said, expected) => {
  expect(isIgnored({ ...cat, ...change }, said)).toBe(expected);
});
