/** The sensitivities that are tried: changes, undo, what differs. */
import { expect, test } from "vitest";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import {
  changed,
  differences,
  draftOf,
  flawOf,
  inherited,
  mostRules,
  mostSteps,
  motionOf,
  moved,
  newRule,
  undone,
  type Draft,
} from "../../../web/calibrate/draft.ts";

const square: Zones["zones"][number]["polygon"] = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const kept: Zones = {
  zones: [
    { name: "Path", polygon: square, sensitivity: 60 },
    { name: "Bed", polygon: square, sensitivity: null },
  ],
  sensitivity: null,
  rules: [],
};

test("what labels are sure of and what is told of them is another question than what moves", () => {
  const draft = draftOf(kept);
  const sure = changed(draft, { do: "threshold", label: "person", threshold: 0.51 }).now;
  const told: Zones = {
    ...kept,
    what: { animal: "ignore" },
    zones: kept.zones.map((zone) => ({ ...zone, what: { person: "alert" } })),
  };
  for (const same of [sure, told]) expect(motionOf(same)).toBe(motionOf(kept));
  for (const change of [
    { do: "whole", sensitivity: 20 },
    { do: "zone", name: "Path", sensitivity: 20 },
    { do: "add-rule", rule: newRule },
  ] as const)
    expect(motionOf(changed(draft, change).now)).not.toBe(motionOf(kept));
});

test("a drag is one step of undo, two drags are two", () => {
  let draft = draftOf(kept);
  for (const value of [49, 40, 31]) draft = changed(draft, { do: "whole", sensitivity: value }, "whole");
  draft = changed(draft, { do: "zone", name: "Path", sensitivity: 20 }, "Path");
  expect(draft.now).toMatchObject({ sensitivity: 31, zones: [{ sensitivity: 20 }, { sensitivity: null }] });
  draft = undone(draft);
  expect(draft.now).toMatchObject({ sensitivity: 31, zones: [{ sensitivity: 60 }, {}] });
  expect(undone(draft).now).toEqual(kept);
  expect(undone(undone(draft)).now).toEqual(kept);
});

test("a step of a button is a step of its own, and what changes nothing is none", () => {
  const once = changed(draftOf(kept), { do: "whole", sensitivity: 51 });
  expect(changed(once, { do: "whole", sensitivity: 51 })).toBe(once);
  expect(changed(once, { do: "whole", sensitivity: 52 }).past).toHaveLength(2);
});

test("steps are bounded", () => {
  let draft: Draft = draftOf(kept);
  for (let i = 0; i < 3 * mostSteps; i += 1) draft = changed(draft, { do: "whole", sensitivity: i % 100 });
  expect(draft.past).toHaveLength(mostSteps);
});

test("polygons stay as they are kept, whatever is tried", () => {
  const draft = changed(changed(draftOf(kept), { do: "zone", name: "Bed", sensitivity: 5 }), {
    do: "add-rule",
    rule: newRule,
  });
  expect(draft.now.zones.map(({ polygon }) => polygon)).toEqual([square, square]);
});

test("rules are added up to as many as there may be, changed and removed by place", () => {
  let draft = draftOf(kept);
  for (let i = 0; i < mostRules + 3; i += 1) {
    draft = changed(draft, { do: "add-rule", rule: { ...newRule, sensitivity: i } });
  }
  expect(draft.now.rules).toHaveLength(mostRules);
  draft = changed(draft, { do: "rule", index: 1, rule: { ...newRule, zone: "Path" } });
  draft = changed(draft, { do: "remove-rule", index: 0 });
  expect(draft.now.rules[0]).toEqual({ ...newRule, zone: "Path" });
});

test("what differs is told zone by zone", () => {
  const draft = changed(changed(draftOf(kept), { do: "whole", sensitivity: 40 }), {
    do: "zone",
    name: "Path",
    sensitivity: null,
  });
  expect(differences(kept, draft.now)).toEqual({
    numbers: [
      { zone: null, from: null, to: 40 },
      { zone: "Path", from: 60, to: null },
    ],
    thresholds: [],
    rules: false,
  });
});

test("thresholds stand in one order, are none at 0, and differ label by label", () => {
  const set = (draft: Draft, label: "person" | "animal", threshold: number): Draft =>
    changed(draft, { do: "threshold", label, threshold });
  const both = set(set(draftOf(kept), "animal", 0.4), "person", 0.62);
  expect(JSON.stringify(both.now.thresholds)).toBe('{"person":0.62,"animal":0.4}');
  expect(differences(kept, both.now).thresholds).toEqual([
    { label: "person", from: 0, to: 0.62 },
    { label: "animal", from: 0, to: 0.4 },
  ]);
  expect(set(set(both, "person", 0), "animal", 0).now).toEqual(kept);
  expect(undone(both).now.thresholds).toEqual({ animal: 0.4 });
});

test.each([
  ["a rule for all day", { ...newRule }, null],
  ["a rule over midnight", { ...newRule, from: "22:00", to: "06:00" }, null],
  ["a rule without an end", { ...newRule, from: "22:00" }, "half-time"],
  ["a rule for a zone that is gone", { ...newRule, zone: "Gate" }, "no-zone"],
])("%s: %#", (_, rule, flaw) => {
  expect(flawOf({ ...kept, rules: [rule] })).toBe(flaw);
});

test("what has no number of its own takes that of the whole, or of the settings", () => {
  expect(inherited(kept, "Bed", 50)).toBe(50);
  expect(inherited({ ...kept, sensitivity: 70 }, "Bed", 50)).toBe(70);
  expect(inherited({ ...kept, sensitivity: 70 }, null, 50)).toBe(50);
});

test("what was changed elsewhere meanwhile stays, and what is tried stays tried on it", () => {
  const elsewhere: Zones = {
    ...kept,
    zones: [
      { name: "Path", polygon: square, sensitivity: 60, what: { person: "ignore" } },
      { name: "Bed", polygon: square, sensitivity: 70 },
    ],
    what: { vehicle: "record" },
    thresholds: { person: 0.62 },
  };
  let draft = changed(draftOf(kept), { do: "zone", name: "Path", sensitivity: 20 });
  draft = changed(draft, { do: "threshold", label: "animal", threshold: 0.5 });
  const { now, past } = moved(draft, kept, elsewhere);
  expect(now).toEqual({
    ...elsewhere,
    zones: [{ ...elsewhere.zones[0], sensitivity: 20 }, elsewhere.zones[1]],
    thresholds: { person: 0.62, animal: 0.5 },
  });
  expect(past[0]).toEqual(elsewhere);
  expect(moved(draftOf(kept), kept, elsewhere).now).toEqual(elsewhere);
  const ruled = changed(draftOf(kept), { do: "add-rule", rule: newRule });
  expect(moved(ruled, kept, elsewhere).now).toEqual({ ...elsewhere, rules: [newRule] });
});
