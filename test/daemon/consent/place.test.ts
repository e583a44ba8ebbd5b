import { expect, test } from "vitest";
import { distanceM, isInside } from "../../../daemon/consent/place.ts";

test.each([
  // one degree of a great circle on a sphere of 6,371,008.8 m
  ["a degree along the equator", { lat: 0, lon: 10 }, { lat: 0, lon: 11 }, 111_195],
  ["a degree along a meridian", { lat: 47, lon: 8 }, { lat: 48, lon: 8 }, 111_195],
  ["across the 180th meridian", { lat: 0, lon: 179.999 }, { lat: 0, lon: -179.999 }, 222],
  ["to the other side", { lat: 0, lon: 0 }, { lat: 0, lon: 180 }, 20_015_115],
  ["nowhere", { lat: 52.5, lon: 13.4 }, { lat: 52.5, lon: 13.4 }, 0],
])("%s", (_what, a, b, meters) => {
  expect(distanceM(a, b)).toBeCloseTo(meters, -1);
  expect(distanceM(b, a)).toBe(distanceM(a, b));
});

const square = [
  [10, 10],
  [10, 20],
  [20, 20],
  [20, 10],
] as const;

test.each([
  [{ lat: 15, lon: 15 }, true],
  [{ lat: 9.999, lon: 15 }, false],
  [{ lat: 15, lon: 20.001 }, false],
  [{ lat: -15, lon: -15 }, false],
])("inside a square: %o", (place, inside) => {
  expect(isInside(place, square)).toBe(inside);
  expect(isInside(place, square.toReversed())).toBe(inside);
});

test("a bay is outside", () => {
  const bay = [...square, [15, 15]] as const;
  expect(isInside({ lat: 15, lon: 11 }, bay)).toBe(false);
  expect(isInside({ lat: 15, lon: 16 }, bay)).toBe(true);
});
