/**
 * The line is the same line at every resolution: it never shows more (a millionth of a
 * pixel aside, which is how exactly corners are kept), and hides at most one pixel more.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rasteriseOpening, type Opening } from "../../../daemon/policy/opening.ts";
import { polygonProblem } from "../../../daemon/policy/polygon.ts";
import type { Point, Polygon } from "../../../hal/geometry.ts";

const sizes = [
  [16, 9],
  [64, 36],
  [160, 90],
  [320, 180],
  [640, 360],
] as const;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const corners = fc.array(fc.tuple(place, place), { minLength: 3, maxLength: 7 });
const line = corners.filter((polygon) => polygonProblem(polygon) === null);

function isVisible({ luma }: Opening, x: number, y: number): boolean {
  for (let i = luma.starts[y] ?? 0; i < (luma.starts[y + 1] ?? 0); i += 2)
    if (x >= (luma.spans[i] ?? 0) && x < (luma.spans[i + 1] ?? 0)) return true;
  return false;
}

function isInside([x, y]: Point, polygon: Polygon): boolean {
  return edgesOf(polygon).reduce(
    (inside, [[ax, ay], [bx, by]]) =>
      ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay) ? !inside : inside,
    false,
  );
}

function edgesOf(polygon: Polygon): [Point, Point][] {
  return polygon.map((corner, i) => [corner, polygon[(i + 1) % polygon.length] ?? corner]);
}

/** Does an edge come within `reach` of the place, counted along x and along y? (Liang and Barsky) */
function isNear([px, py]: Point, polygon: Polygon, reach: Point): boolean {
  return edgesOf(polygon).some(([[ax, ay], [bx, by]]) => {
    let [from, to] = [0, 1];
    for (const [start, delta, low, high] of [
      [ax, bx - ax, px - reach[0], px + reach[0]],
      [ay, by - ay, py - reach[1], py + reach[1]],
    ] as const) {
      if (delta === 0) {
        if (start < low || start > high) return false;
        continue;
      }
      const [a, b] = [(low - start) / delta, (high - start) / delta];
      [from, to] = [Math.max(from, Math.min(a, b)), Math.min(to, Math.max(a, b))];
    }
    return from <= to;
  });
}

test("what is outside the line is hidden at every resolution; what is more than a pixel inside is seen", () => {
  fc.assert(
    fc.property(
      line,
      fc.array(fc.tuple(place, place), { minLength: 40, maxLength: 40 }),
      (propertyLine, places) => {
        for (const [width, height] of sizes) {
          const opening = rasteriseOpening({ width, height }, { propertyLine, privacyZones: [] });
          for (const [fx, fy] of places) {
            const [x, y] = [
              Math.min(width - 1, Math.floor(fx * width)),
              Math.min(height - 1, Math.floor(fy * height)),
            ];
            if (isNear([fx, fy], propertyLine, [1e-6 / width, 1e-6 / height])) continue;
            const seen = isVisible(opening, x, y);
            if (!isInside([fx, fy], propertyLine)) expect(seen).toBe(false);
            else if (!isNear([fx, fy], propertyLine, [1.001 / width, 1.001 / height]))
              expect(seen).toBe(true);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("a privacy zone covers what is in it at every resolution, and at most one pixel around it", () => {
  const propertyLine: Polygon = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  fc.assert(
    fc.property(line, fc.array(fc.tuple(place, place), { minLength: 40, maxLength: 40 }), (zone, places) => {
      for (const [width, height] of sizes) {
        const opening = rasteriseOpening({ width, height }, { propertyLine, privacyZones: [zone] });
        for (const [fx, fy] of places) {
          const [x, y] = [
            Math.min(width - 1, Math.floor(fx * width)),
            Math.min(height - 1, Math.floor(fy * height)),
          ];
          if (isNear([fx, fy], zone, [1e-6 / width, 1e-6 / height])) continue;
          const seen = isVisible(opening, x, y);
          if (isInside([fx, fy], zone)) expect(seen).toBe(false);
          else if (!isNear([fx, fy], zone, [1.001 / width, 1.001 / height])) expect(seen).toBe(true);
        }
      }
    }),
    { numRuns: 400 },
  );
});
