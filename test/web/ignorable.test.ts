/** Whether the rules of the house would ignore an event that somebody keeps, were it left to them again. */
import { expect, test } from "vitest";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { isIgnorable } from "../../web/events/ignorable.ts";
import { anEvent, noonMs } from "./samples.ts";

const hour = 3_600_000;
const cat = anEvent("event-1", { what: ["animal"], zones: ["Path"], spared: "person" });
const square: Zones["zones"][number]["polygon"] = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const house: Zones = { zones: [], sensitivity: null, rules: [], what: { animal: "ignore" } };
const path = { name: "Path", polygon: square, sensitivity: null };
const within = { nowMs: noonMs + hour, hours: 24 };

test.each([
  ["a rule of the whole picture", cat, house, within, true],
  [
    "a rule of its zone",
    cat,
    { ...house, what: {}, zones: [{ ...path, what: { animal: "ignore" } }] },
    within,
    true,
  ],
  [
    "its zone wants it told",
    cat,
    { ...house, zones: [{ ...path, what: { animal: "alert" } }] },
    within,
    false,
  ],
  ["no rule any more", cat, { ...house, what: undefined, zones: [path] }, within, false],
  ["older than what is ignored may get", cat, house, { nowMs: noonMs + 24 * hour, hours: 24 }, false],
  ["somebody said something else of it", { ...cat, mark: "good" as const }, house, within, false],
])("%s", (_, event, { what, ...zones }, passed, ignored) => {
  expect(isIgnorable(event, what === undefined ? zones : { ...zones, what }, passed)).toBe(ignored);
});
