import { expect, test } from "vitest";
import {
  bestF1Of,
  bestOf,
  f1Of,
  macroRecall,
  recallAt,
  type Judged,
} from "../../../../scripts/bench/models/accuracy.ts";

const judged = (truth: Judged["truth"], person: number, vehicle = 0): Judged => ({
  truth,
  scores: { person, vehicle },
});

test("the best label is the highest score, and other when nobody says anything", () => {
  expect(bestOf({ scores: { person: 0.2, animal: 0.5 } })).toBe("animal");
  expect(bestOf({ scores: {} })).toBe("other");
});

test("F1 of two hits, one miss and one false claim is two thirds", () => {
  const list = [judged("person", 0.9), judged("person", 0.8), judged("person", 0.1), judged("other", 0.7)];
  expect(f1Of(list, "person", ({ scores }) => (scores.person ?? 0) > 0.5)).toBeCloseTo(2 / 3);
  // a threshold of 0.1 finds all three, and the false one: 6/7
  expect(bestF1Of(list, "person")).toBeCloseTo(6 / 7);
});

test("recall at a share of false claims: of 20 others one may lie above", () => {
  const others = Array.from({ length: 20 }, (_, i) => judged("other", i / 20));
  const people = [judged("person", 0.92), judged("person", 0.96), judged("person", 0.5)];
  // others reach 0.95, 0.90, ...; one of twenty may be above the cut, so the cut is 0.90
  expect(recallAt([...others, ...people], "person", 0.05)).toBeCloseTo(2 / 3);
  expect(recallAt(others, "person", 0.05)).toBeNaN();
});

test("macro recall weighs a rare label like a frequent one", () => {
  const list = [
    ...Array.from({ length: 9 }, () => judged("vehicle", 0, 1)),
    judged("person", 0, 1),
    judged("person", 1, 0),
  ];
  expect(macroRecall(list, ["person", "vehicle"])).toBeCloseTo(0.75);
});
