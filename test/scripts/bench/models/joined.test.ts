import { expect, test } from "vitest";
import type { Judged } from "../../../../scripts/bench/models/accuracy.ts";
import { bestOf } from "../../../../scripts/bench/models/accuracy.ts";
import { running, tracksOf, verdictOf, type JudgedCrop } from "../../../../scripts/bench/models/joined.ts";

const crop = (
  frame: number,
  x: number,
  person: number,
  truth: Judged["truth"] = "person",
  from = "clip",
): JudgedCrop => ({
  crop: { from, frame, box: [x, 0, 10, 20] },
  judged: { truth, scores: { person, other: 1 - person } },
});

test("boxes that overlap in frames that follow are one track, each of two people their own", () => {
  const two = [crop(0, 0, 0.9), crop(0, 50, 0.8), crop(2, 4, 0.7), crop(2, 54, 0.6), crop(4, 8, 0.5)];
  expect(
    tracksOf(two).map((members) => members.map(({ scores }) => Number(scores.person?.toFixed(1)))),
  ).toEqual([
    [0.9, 0.7, 0.5],
    [0.8, 0.6],
  ]);
});

test("what is elsewhere, too late, or in another clip begins anew", () => {
  const steady = [crop(0, 0, 0.9), crop(2, 0, 0.9), crop(4, 0, 0.9), crop(11, 0, 0.9)];
  expect(tracksOf(steady).map((members) => members.length)).toEqual([3, 1]);
  expect(tracksOf([crop(0, 0, 0.9), crop(2, 20, 0.9)])).toHaveLength(2);
  expect(tracksOf([crop(0, 0, 0.9), crop(2, 0, 0.9, "person", "another")])).toHaveLength(2);
});

test("one sure crop outweighs two that are hardly sure; the truth is that of most", () => {
  const members = [crop(0, 0, 0.98), crop(2, 0, 0.45), crop(4, 0, 0.45, "other")].map((one) => one.judged);
  const verdict = verdictOf(members);
  expect(verdict.truth).toBe("person");
  expect(bestOf(verdict)).toBe("person");
  expect(running(members).map(bestOf)).toEqual(["person", "person", "person"]);
  expect(bestOf(members[1] ?? { scores: {} })).toBe("other");
});
