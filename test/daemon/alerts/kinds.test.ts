/** As what an event may be told, and what older choices mean. */
import { expect, test } from "vitest";
import { countsText, noCounts } from "../../../daemon/alerts/counts.ts";
import {
  alertKinds,
  asMeant,
  moveKindsOf,
  toldAs,
  toldKinds,
  type AlertKind,
} from "../../../daemon/alerts/kinds.ts";
import { firstRules } from "../../../daemon/alerts/rules.ts";
import { actionOn, judgedBy, type WhatRules } from "../../../daemon/alerts/zone-actions.ts";
import { settingsSchema } from "../../../config/schema.ts";
import type { Label } from "../../../models/labels.ts";

test.each<[Label[], AlertKind[]]>([
  [[], ["motion"]],
  [["other"], ["other"]],
  [["parcel"], ["motion"]],
  [["other", "parcel"], ["motion"]],
  [
    ["animal", "person"],
    ["person", "animal"],
  ],
  [["other", "vehicle"], ["vehicle"]],
])("what is labelled %j is told as %j", (what, kinds) => {
  expect(moveKindsOf({ kind: "motion", what })).toEqual(kinds);
  expect(moveKindsOf({ kind: "ring", what })).toEqual([]);
});

test("movement without a newer word is all of it; beside one it is what nobody can tell", () => {
  expect(asMeant(["motion"])).toEqual(["motion", "person", "vehicle", "animal", "other"]);
  expect(asMeant(["motion", "ring"])).toEqual(["ring", "motion", "person", "vehicle", "animal", "other"]);
  expect(asMeant(["ring", "motion", "person"])).toEqual(["ring", "motion", "person"]);
  expect(asMeant(["ring"])).toEqual(["ring"]);
});

test("the settings take every kind, and nobody is told of two that sound alike", () => {
  const parsed = settingsSchema.parse({ alerts: { kinds: alertKinds } });
  expect(parsed.alerts.kinds).toEqual([...alertKinds]);
  expect(new Set(alertKinds.map(toldAs))).toEqual(new Set(toldKinds));
});

test("who chose nothing is told of what people buy a doorbell for", () => {
  expect(firstRules("UTC").kinds).toEqual(["ring", "person", "waiting", "parcel-left", "parcel-taken"]);
});

const rules: WhatRules = {
  whole: { vehicle: "record", animal: "ignore" },
  zones: new Map([
    ["Drive", { vehicle: "alert" }],
    ["Street", { vehicle: "ignore", person: "record" }],
    ["Path", {}],
  ]),
};

test.each([
  ["vehicle", [], "record"],
  ["vehicle", ["Path"], "record"],
  ["vehicle", ["Street"], "ignore"],
  ["vehicle", ["Street", "Drive"], "alert"],
  ["vehicle", ["Street", "Path"], "record"],
  ["animal", ["Street"], "ignore"],
  ["person", ["Street"], "record"],
  ["person", ["Street", "Path"], "alert"],
  ["other", ["Drive"], "alert"],
] as const)("%s in %j: %s", (label, zones, action) => {
  expect(actionOn([label], zones, rules)).toBe(action);
});

test("a ring, a parcel and what nobody can tell are judged by no rule", () => {
  const free = alertKinds.filter((kind) => judgedBy(kind, { what: ["person"], said: [] }).length === 0);
  expect(free).toEqual(["ring", "motion", "parcel-left", "parcel-taken"]);
});

test.each<[string, Label[], Label[], AlertKind, string[]]>([
  ["a car that rolls in, by the rule for vehicles", ["vehicle"], [], "crossed", ["vehicle"]],
  ["somebody who comes, by that for persons", ["person", "animal"], [], "crossed", ["person"]],
  ["where both are seen, by both", ["vehicle", "person"], [], "crossed", ["person", "vehicle"]],
  ["a person of whom the house is not sure counts less", ["vehicle"], ["person"], "crossed", ["vehicle"]],
  ["of whom it is not sure, where it is of nobody", [], ["vehicle", "other"], "crossed", ["vehicle"]],
  ["of nobody was anything said: in doubt by both", [], [], "crossed", ["person", "vehicle"]],
  ["a car never waits at the door", ["vehicle"], [], "waiting", ["person"]],
])("who came in is judged as what it is: %s", (_name, what, unsure, kind, words) => {
  const said = unsure.map((label) => ({ label, score: 0.5 }));
  expect(judgedBy(kind, { what, said })).toEqual(words);
});

test("of several words the one of which the house wants most counts", () => {
  expect(actionOn(["person", "vehicle"], ["Street"], rules)).toBe("record");
  expect(actionOn(["person", "vehicle"], ["Drive"], rules)).toBe("alert");
});

test("counts are words with an and", () => {
  expect(countsText(noCounts)).toBe("");
  expect(countsText({ ...noCounts, persons: 1 })).toBe("1 person");
  expect(countsText({ ...noCounts, rings: 1, animals: 2, parcels: 3 })).toBe(
    "1 ring, 2 animals and 3 parcels",
  );
});
