/** What an installer may make of motion zones: draw them anew, and change nothing about what is told. */
import { expect, test } from "vitest";
import type { Actions } from "../../../daemon/alerts/zone-actions.ts";
import { checkWhatKept } from "../../../daemon/keeper/zones-check.ts";
import { zonesSchema, type Zones } from "../../../daemon/wire/api-household.ts";

const corners: [number, number][] = [
  [0, 0],
  [1, 0],
  [0, 1],
];
const zone = (name: string, what?: Actions) => ({ name, polygon: corners, sensitivity: null, what });
const quiet: Actions = { person: "ignore" };
const loud: Actions = { person: "alert" };

function of(zones: ReturnType<typeof zone>[], what: Actions = quiet): Zones {
  return zonesSchema.parse({ zones, what });
}

const before = of([zone("path"), zone("porch", loud)]);

test.each<[string, Zones]>([
  ["the same in another order", of([zone("porch", loud), zone("path")])],
  ["a zone without rules gone", of([zone("porch", loud)])],
  ["a zone without rules under another name", of([zone("drive"), zone("porch", loud)])],
  ["a new zone without rules", of([zone("path"), zone("porch", loud), zone("gate", {})])],
])("an installer may save %s", (_, after) => {
  expect(() => checkWhatKept(before, after)).not.toThrow();
});

test.each<[string, Zones]>([
  ["no zones", of([])],
  ["a zone with rules gone", of([zone("path")])],
  ["a zone with rules under another name", of([zone("path"), zone("step", loud)])],
  ["its rules in another zone", of([zone("path", loud), zone("porch")])],
  ["its rules taken away", of([zone("path"), zone("porch")])],
  ["other rules", of([zone("path"), zone("porch", quiet)])],
  ["a new zone with rules", of([zone("path"), zone("porch", loud), zone("gate", quiet)])],
  ["other rules for the whole picture", of([zone("path"), zone("porch", loud)], loud)],
])("an installer may not save %s", (_, after) => {
  expect(() => checkWhatKept(before, after)).toThrow(expect.objectContaining({ kind: "denied" }));
});

test("a zone with rules that is missing is named", () => {
  expect(() => checkWhatKept(before, of([]))).toThrow(/porch/u);
});
