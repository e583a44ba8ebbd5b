import fc from "fast-check";
import { expect, test } from "vitest";
import { isAnySeenWithin } from "../../../daemon/policy/seen-within.ts";
import type { Polygon } from "../../../hal/geometry.ts";

const rect = (x0: number, y0: number, x1: number, y1: number): Polygon => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];
const picture = { width: 1_280, height: 720 };
const shape = { propertyLine: rect(0, 0, 0.5, 1), privacyZones: [rect(0.1, 0.1, 0.3, 0.3)] };
const isSeen = (polygon: Polygon, size = picture): boolean =>
  isAnySeenWithin(polygon, { shape, picture: size });

test.each<[string, Polygon, boolean]>([
  ["inside", rect(0.35, 0.2, 0.45, 0.8), true],
  ["across the line", rect(0.4, 0.2, 0.9, 0.8), true],
  ["around the property", rect(0, 0, 1, 1), true],
  ["outside", rect(0.6, 0.2, 0.9, 0.8), false],
  ["beside the line, on its other side", rect(0.5, 0.2, 0.9, 0.8), false],
  ["in a privacy zone", rect(0.15, 0.15, 0.25, 0.25), false],
  ["around a privacy zone", rect(0.05, 0.05, 0.35, 0.35), true],
])("a zone %s", (_name, polygon, expected) => {
  expect(isSeen(polygon)).toBe(expected);
});

test("a tiny zone counts, and so does one in a tiny picture", () => {
  expect(isSeen(rect(0.4, 0.4, 0.4001, 0.4001))).toBe(true);
  expect(isSeen(rect(0.1, 0.1, 0.2, 0.2), { width: 1, height: 1 })).toBe(false); // its one pixel is cut by the line
});

test("law: of two zones, the larger one is seen if the smaller one is", () => {
  const side = fc.double({ min: 0, max: 0.9, noNaN: true });
  const grow = fc.double({ min: 0, max: 0.1, noNaN: true });
  fc.assert(
    fc.property(side, side, grow, grow, (x, y, w, h) => {
      const inner = rect(x, y, x + 0.05 + w / 2, y + 0.05 + h / 2);
      const outer = rect(x, y, x + 0.05 + w, y + 0.05 + h);
      if (isSeen(inner)) expect(isSeen(outer)).toBe(true);
    }),
  );
});
