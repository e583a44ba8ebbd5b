import { expect, test } from "vitest";
import { zonesWords } from "../../../daemon/keeper/zones-words.ts";
import { zonesSchema, type Zones } from "../../../daemon/wire/api-household.ts";

const corners: [number, number][] = [
  [0, 0],
  [1, 0],
  [0, 1],
];
const moved: [number, number][] = [...corners.slice(0, 2), [0, 0.5]];
const path = { name: "path", polygon: corners, sensitivity: 50 };
const dark = { zone: null, light: "dark", from: null, to: null, sensitivity: 30 } as const;
const night = { zone: "path", light: null, from: "22:00", to: "06:00", sensitivity: 20 } as const;

function of(change: Partial<Zones> = {}): Zones {
  return zonesSchema.parse({ zones: [path], sensitivity: 50, rules: [], ...change });
}

test.each<[string, Zones, string]>([
  ["the same", of(), "nothing changed"],
  ["another sensitivity", of({ sensitivity: 40 }), "sensitivity 50 -> 40"],
  ["none any more", of({ sensitivity: null }), "sensitivity 50 -> default"],
  ["a zone's own", of({ zones: [{ ...path, sensitivity: null }] }), "path: sensitivity 50 -> default"],
  ["PIR and picture", of({ zones: [{ ...path, fuse: "both" }] }), "path: default -> both"],
  ["other corners", of({ zones: [{ ...path, polygon: moved }] }), "path drawn anew"],
  ["a zone more", of({ zones: [path, { ...path, name: "gate" }] }), "gate added with sensitivity 50"],
  ["no zones", of({ zones: [] }), "path removed"],
  [
    "rules",
    of({ rules: [dark, night] }),
    "rule added: 30 when dark; rule added: 20 in path from 22:00 to 06:00",
  ],
])("%s", (_name, after, words) => {
  expect(zonesWords(of(), after)).toBe(words);
});

test("rules in another order are a change: the first that holds counts", () => {
  expect(zonesWords(of({ rules: [dark, night] }), of({ rules: [night, dark] }))).toBe(
    "rules in another order",
  );
});

test("however much changes, the words stay a line", () => {
  const zones = Array.from({ length: 16 }, (_, i) => ({ ...path, name: `${i} ${"x".repeat(36)}` }));
  const rules = Array.from({ length: 16 }, (_, i) => ({ ...night, zone: zones[i]?.name ?? null }));
  expect(zonesWords(of(), of({ zones, rules })).length).toBeLessThan(420);
});
