import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { region, regionsOf } from "../../../../daemon/eye/examine/regions.ts";
import { rasteriseOpening, type PlaneSpans } from "../../../../daemon/policy/opening.ts";
import { polygonProblem } from "../../../../daemon/policy/polygon.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { Polygon } from "../../../../hal/geometry.ts";
import { shows } from "../../../../daemon/eye/motion/visible.ts";

const whole: Polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const left: Polygon = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [0, 1],
];

/** Samples on which drawing and mask are of two minds, the seam aside. */
function disagree(drawn: Uint8Array, mask: PlaneSpans): number {
  const must = (i: number): boolean => shows(mask, i % mask.width, Math.floor(i / mask.width));
  return [...drawn.keys()].filter((i) => drawn[i] !== region.seam && must(i) !== (drawn[i] === region.shown))
    .length;
}

describe("regions", () => {
  test("without a line everything is hidden, luma and chroma", () => {
    const { luma, chroma, shownPx } = regionsOf({ width: 5, height: 3 }, null);
    expect([luma.length, chroma.length, shownPx]).toEqual([15, 6, 0]);
    expect(new Set([...luma, ...chroma])).toEqual(new Set([region.hidden]));
  });

  test("a line along the picture's border has its seam there, and everything within it shows", () => {
    const { luma } = regionsOf({ width: 6, height: 6 }, { propertyLine: whole, privacyZones: [] });
    const inner = [...luma.keys()].filter((i) => i % 6 > 0 && i % 6 < 5 && i >= 6 && i < 30);
    expect(new Set(inner.map((i) => luma[i]))).toEqual(new Set([region.shown]));
    expect([...luma]).not.toContain(region.hidden);
  });

  test("the seam of an upright edge is one pixel to either side of the border that it lies on", () => {
    const { luma } = regionsOf({ width: 8, height: 4 }, { propertyLine: left, privacyZones: [] });
    const { hidden, seam, shown } = region;
    expect(Array.from(luma.slice(8, 16))).toEqual([seam, shown, shown, seam, seam, hidden, hidden, hidden]);
  });

  test("a privacy zone hides what the line shows", () => {
    const shape: MaskShape = { propertyLine: whole, privacyZones: [left] };
    const { luma } = regionsOf({ width: 8, height: 4 }, shape);
    expect([luma[9], luma[14]]).toEqual([region.hidden, region.shown]);
  });

  test("a pixel that an edge crosses at its corner only is seam", () => {
    const line: MaskShape["propertyLine"] = [
      [0, 0],
      [0, 0.7465714285714288],
      [0.980769230769231, 0],
    ];
    const zone: MaskShape["propertyLine"] = [
      [0, 0],
      [0.02, 0],
      [0, 1],
    ];
    const shape: MaskShape = { propertyLine: line, privacyZones: [zone] };
    const size = { width: 13, height: 5 };
    expect(disagree(regionsOf(size, shape).luma, rasteriseOpening(size, shape).luma)).toBe(0);
  });

  test("two drawings of any line and zone agree everywhere but on the seam", () => {
    const corner = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    const polygon = fc
      .array(corner, { minLength: 3, maxLength: 7 })
      .filter((corners) => polygonProblem(corners) === null);
    fc.assert(
      fc.property(
        polygon,
        polygon,
        fc.integer({ min: 2, max: 41 }),
        fc.integer({ min: 2, max: 33 }),
        (line, zone, width, height) => {
          const shape: MaskShape = { propertyLine: line, privacyZones: [zone] };
          const opening = rasteriseOpening({ width, height }, shape);
          const { luma } = regionsOf({ width, height }, shape);
          expect(disagree(luma, opening.luma)).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });
});
