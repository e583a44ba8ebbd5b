import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaOf, polygonProblem } from "../../../daemon/policy/polygon.ts";
import { maxCorners } from "../../../daemon/policy/shape.ts";
import type { Point, Polygon } from "../../../hal/geometry.ts";

/** "0,0 1,0 1,1" */
const shape = (text: string): Polygon =>
  text.split(" ").map((corner): Point => {
    const [x = Number.NaN, y = Number.NaN] = corner.split(",").map(Number);
    return [x, y];
  });
const square = shape("0,0 1,0 1,1 0,1");
/** Corners on a circle: convex, so simple, whatever their number. */
const round = (corners: number): Polygon =>
  Array.from({ length: corners }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / corners;
    return [0.5 + Math.cos(angle) / 2, 0.5 + Math.sin(angle) / 2];
  });

describe("fine:", () => {
  test.each<[string, Polygon]>([
    ["the whole picture", square],
    ["a triangle", shape("0.1,0.1 0.9,0.2 0.4,0.8")],
    ["a hollow shape", shape("0,0 1,0 1,1 0.5,0.1 0,1")],
    ["a corner on a straight edge", shape("0,0 0.5,0 1,0 1,1")],
    ["a sliver", shape("0,0 1,0 1,1e-9")],
    ["as many corners as are allowed", round(maxCorners)],
  ])("%s", (_name, polygon) => {
    expect(polygonProblem(polygon)).toBe(null);
    expect(polygonProblem([...polygon].reverse())).toBe(null);
  });
});

describe("refused, in words:", () => {
  test.each<[string, Polygon, RegExp]>([
    ["nothing", [], /0 corners; at least 3/],
    ["a line", shape("0,0 1,1"), /2 corners; at least 3/],
    ["too many corners", round(maxCorners + 1), /1025 corners; at most 1024/],
    ["a corner that is no number", shape("0,0 1,NaN 1,1"), /corner 2 is not inside/],
    ["a corner at infinity", shape("0,0 1,0 Infinity,1"), /corner 3 is not inside/],
    ["a corner left of the picture", shape("-1e-9,0 1,0 1,1"), /corner 1 is not inside/],
    ["a corner below it", shape("0,0 1,0 1,1.000000001"), /corner 3 is not inside/],
    ["the same corner twice", shape("0,0 1,0 1,0 1,1"), /corner 2 lies on the next one/],
    ["the first corner again at the end", [...square, [0, 0]], /corner 5 lies on the next one/],
    ["edges that cross", shape("0,0 1,1 1,0 0,1"), /edges 1 and 3 cross or touch/],
    ["a corner that touches an edge", shape("0,0 1,0 1,1 0.5,0 0,1"), /cross or touch/],
    ["a shape that meets itself in a corner", shape("0,0 0.5,0.5 1,0 1,1 0.5,0.5 0,1"), /cross or touch/],
    ["a spike", shape("0,0 1,0 1,1 0.5,1 0.9,1 0,1"), /cross or touch/],
    ["a triangle without an area", shape("0,0 0.5,0.5 1,1"), /cross or touch/],
    ["an edge that lies on another", shape("0,0 1,0 1,0.5 0.2,0.5 0.2,0 0.1,0 0.1,1"), /cross or touch/],
  ])("%s", (_name, polygon, words) => {
    expect(polygonProblem(polygon)).toMatch(words);
  });
});

/** On a lattice, where every sum is exact. */
const place = fc.integer({ min: 0, max: 64 }).map((step) => step / 64);
const anyPolygon = fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 9 });

test("where a polygon begins, which way it runs and a mirror change nothing", () => {
  fc.assert(
    fc.property(anyPolygon, fc.nat(8), (polygon, turn) => {
      const isFine = polygonProblem(polygon) === null;
      const turned = polygon.map((_, i): Point => polygon[(i + turn) % polygon.length] ?? [0, 0]);
      expect(polygonProblem(turned) === null).toBe(isFine);
      expect(polygonProblem([...polygon].reverse()) === null).toBe(isFine);
      expect(polygonProblem(polygon.map(([x, y]): Point => [y, x])) === null).toBe(isFine);
    }),
    { numRuns: 2_000 },
  );
});

test("corners in the order of their angle around a middle never cross", () => {
  const spoke = fc.tuple(fc.integer({ min: 0, max: 359 }), fc.double({ min: 0.05, max: 0.5, noNaN: true }));
  fc.assert(
    fc.property(
      fc.uniqueArray(spoke, { selector: ([angle]) => angle, minLength: 12, maxLength: 60 }),
      (spokes) => {
        const sorted = [...spokes].sort(([a], [b]) => a - b);
        const gaps = sorted.map(
          ([angle], i) => ((sorted[(i + 1) % sorted.length]?.[0] ?? 0) - angle + 360) % 360,
        );
        fc.pre(gaps.every((gap) => gap < 180));
        const star = sorted.map(([angle, far]): Point => {
          const turn = (angle * Math.PI) / 180;
          return [0.5 + far * Math.cos(turn), 0.5 + far * Math.sin(turn)];
        });
        expect(polygonProblem(star)).toBe(null);
      },
    ),
  );
});

test("areas are parts of the picture", () => {
  expect(areaOf(square)).toBe(1);
  expect(
    areaOf([
      [0, 0],
      [1, 0],
      [0, 1],
    ]),
  ).toBe(0.5);
  expect(areaOf(round(1_000))).toBeCloseTo(Math.PI / 4, 4);
});
