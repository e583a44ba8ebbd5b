/** Small cases, worked out by hand: 10 frames a second, so that frame k is at k / 10 s. */
import { expect, test } from "vitest";
import type { Labels } from "../../../../scripts/bench/sight/labels.ts";
import { ratesOf, scoreOf, sumOf } from "../../../../scripts/bench/sight/score.ts";

const clip: Labels = { id: "clip", fps: 10, frames: 200, positive: [[5, 7]], ignore: [[12, 13]] };

/** Fires from..to (frames, `to` excluded). */
function firing(...runs: readonly (readonly [from: number, to: number])[]): boolean[] {
  return Array.from({ length: clip.frames }, (_, k) => runs.some(([from, to]) => k >= from && k < to));
}

test("a detector that fires exactly while something moves is perfect", () => {
  const score = scoreOf(firing([50, 70]), clip);
  expect(score).toMatchObject({ truePositive: 20, falsePositive: 0, falseNegative: 0, found: 1 });
  expect(ratesOf(score)).toMatchObject({ eventRecall: 1, f1: 1, delayMedianMs: 0, delayP90Ms: 0 });
});

test("what is not scored: the first second, half a second before, 2 s after, and what is ignored", () => {
  const score = scoreOf(firing([0, 10], [45, 50], [70, 90], [120, 130]), clip);
  expect(score).toMatchObject({ falsePositive: 0, falseEvents: 0, falseNegative: 20 });
  // 1 to 4.5 s, 9 to 12 s, 13 to 20 s
  expect(score.trueNegative).toBe(35 + 30 + 70);
  expect(score.emptyS).toBeCloseTo(13.5);
});

test.each([
  ["at once", 50, 0],
  ["half a second late", 55, 500],
  ["a little before it is labelled", 46, 0],
  ["just after it is over", 74, 2_400],
])("delay: %s", (_, at, ms) => {
  expect(scoreOf(firing([at, at + 1]), clip).delaysMs).toEqual([expect.closeTo(ms)]);
});

test.each([
  ["too early", 44],
  ["too late", 75],
])("an event is not found by a frame that fires %s", (_, at) => {
  expect(scoreOf(firing([at, at + 1]), clip)).toMatchObject({ found: 0, events: 1, delaysMs: [] });
});

test.each([
  [2.0, 1],
  [2.1, 2],
])("two runs with %f s between them are %d false events", (gapS, count) => {
  const second = 141 + gapS * 10;
  expect(scoreOf(firing([140, 141], [second, second + 1]), clip).falseEvents).toBe(count);
});

test("a detector that always fires has one false event in every empty stretch", () => {
  expect(scoreOf(firing([0, 200]), clip).falseEvents).toBe(3);
});

test("a detector that never fires finds nothing, and nothing wrong", () => {
  const rates = ratesOf(scoreOf(firing(), clip));
  expect(rates).toMatchObject({ eventRecall: 0, recall: 0, f1: 0, delayMedianMs: Number.NaN });
  expect(rates.falseEventsPerHour).toBe(0);
});

test("something that moves from the start counts from the first scored second on", () => {
  const labels: Labels = {
    ...clip,
    positive: [
      [0, 0.8],
      [0, 4],
    ],
    ignore: [],
  };
  const score = scoreOf(firing([12, 40]), labels);
  expect(score).toMatchObject({ events: 1, truePositive: 28, falseNegative: 2 });
  expect(score.delaysMs).toEqual([expect.closeTo(200)]);
});

test("sums of clips: counts add, delays are pooled; median of the two in the middle, p90 by rank", () => {
  const late = [100, 200, 300, 400].map((ms) => ({ ...scoreOf(firing(), clip), found: 1, delaysMs: [ms] }));
  const total = sumOf(late);
  expect(total).toMatchObject({ events: 4, found: 4, falseNegative: 80 });
  expect(ratesOf(total)).toMatchObject({ eventRecall: 1, delayMedianMs: 250, delayP90Ms: 400 });
});
