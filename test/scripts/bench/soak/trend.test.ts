import { expect, test } from "vitest";
import { growth, perDay, settled, slopePerDay } from "../../../../scripts/bench/soak/trend.ts";

const hourMs = 3_600_000;
const points = (values: readonly number[]) => values.map((value, hour) => ({ monoMs: hour * hourMs, value }));

test("a slope is per day, whatever the distance of the points", () => {
  expect(slopePerDay(points([5, 6, 7, 8]))).toBeCloseTo(24);
  expect(slopePerDay(points([3, 3, 3]))).toBeCloseTo(0);
  expect(slopePerDay(points([1, 3, 1, 3, 1]))).toBeCloseTo(0);
  expect(slopePerDay(points([1]))).toBeNaN();
});

test("what was written is carried on to a day", () => {
  expect(perDay(points([10, 11, 30, 14]))).toBeCloseTo((4 / 3) * 24);
  expect(perDay(points([10]))).toBeNaN();
});

test("the warm-up counts from the first look", () => {
  const late = points([1, 2, 3]).map(({ monoMs, value }) => ({ monoMs: monoMs + 5 * hourMs, value }));
  expect(settled(late, hourMs).map(({ value }) => value)).toEqual([2, 3]);
});

test("growth is between quarters, and one busy moment is none", () => {
  expect(growth(points([20, 20, 21, 20, 20, 20, 20, 20, 20, 20, 60, 20]))).toBe(0);
  expect(growth(points([20, 20, 20, 21, 22, 23, 24, 25, 26, 27, 27, 27]))).toBe(7);
});
