/** A line stays on the same physical pixels, however the picture is turned and cropped. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rasteriseOpening, type PlaneSpans } from "../../../daemon/policy/opening.ts";
import { polygonProblem } from "../../../daemon/policy/polygon.ts";
import { pointInView, pointOnSensor, shapeInView } from "../../../daemon/policy/view.ts";
import type { MaskShape } from "../../../daemon/policy/shape.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Point } from "../../../hal/geometry.ts";
import { turns, viewOf, type ViewGeometry } from "../../../hal/view.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Halves, so that every sum is exact: the two ways must agree to the pixel. */
const exact = fc.integer({ min: 0, max: 128 }).map((step) => step / 128);
const polygonOf = (place: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(place, place), { minLength: 3, maxLength: 8 })
    .filter((polygon) => polygonProblem(polygon) === null);
const shapeOf = (place: fc.Arbitrary<number>): fc.Arbitrary<MaskShape> =>
  fc.record({ propertyLine: polygonOf(place), privacyZones: fc.array(polygonOf(place), { maxLength: 2 }) });

const sensors: fc.Arbitrary<FrameGeometry> = fc.constantFrom(
  { width: 64, height: 32 },
  { width: 128, height: 64 },
  { width: 66, height: 38 },
  { width: 41, height: 27 },
);
const crop = fc
  .tuple(exact, exact, exact, exact)
  .map(([x, y, w, h]) => [x / 2, y / 2, (1 + w) / 4, (1 + h) / 4] as const);
const viewIn = fc
  .tuple(sensors, crop, fc.constantFrom(...turns))
  .map(([sensor, cut, rotate]) => viewOf(sensor, { crop: cut, rotate }));

/** Which samples of a plane are visible, row by row. */
function grid({ width, height, starts, spans }: PlaneSpans): boolean[][] {
  return Array.from({ length: height }, (_, y) => {
    const row = Array.from({ length: width }, () => false);
    for (let i = starts[y] ?? 0; i < (starts[y + 1] ?? 0); i += 2)
      row.fill(true, spans[i] ?? 0, spans[i + 1] ?? 0);
    return row;
  });
}

/** Where a luma pixel of the view lies on the sensor. */
function onSensor([x, y]: Point, { box: [left, top, w, h], rotate }: ViewGeometry): Point {
  const places: Record<number, Point> = {
    0: [x, y],
    90: [y, h - 1 - x],
    180: [w - 1 - x, h - 1 - y],
    270: [w - 1 - y, x],
  };
  const [px, py] = places[rotate] ?? [0, 0];
  return [left + px, top + py];
}

function bothWays(shape: MaskShape, view: ViewGeometry): { before: boolean[][]; after: boolean[][] } {
  const sensor = grid(rasteriseOpening(view.sensor, shape).luma);
  const after = grid(rasteriseOpening(view.size, shapeInView(shape, view)).luma);
  const before = after.map((row, y) =>
    row.map((_, x) => {
      const [px, py] = onSensor([x, y], view);
      return sensor[py]?.[px] ?? false;
    }),
  );
  return { before, after };
}

test("masked and then turned and cropped is turned and cropped and then masked, to the pixel", () => {
  fc.assert(
    fc.property(
      shapeOf(exact),
      viewIn.filter(({ sensor }) => sensor.width % 64 === 0),
      (shape, view) => {
        const { before, after } = bothWays(shape, view);
        expect(after).toEqual(before);
      },
    ),
    { numRuns: 600 },
  );
});

test("the same holds for corners anywhere and pictures of any size, odd ones too", () => {
  fc.assert(
    fc.property(shapeOf(share), viewIn, (shape, view) => {
      const { before, after } = bothWays(shape, view);
      expect(after).toEqual(before);
    }),
    { numRuns: 600 },
  );
});

test("colour is shown only where every luma pixel of the sensor that it averages may be seen", () => {
  fc.assert(
    fc.property(shapeOf(share), viewIn, (shape, view) => {
      const sensor = grid(rasteriseOpening(view.sensor, shape).luma);
      const chroma = grid(rasteriseOpening(view.size, shapeInView(shape, view)).chroma);
      chroma.forEach((row, cy) =>
        row.forEach((seen, cx) => {
          if (!seen) return;
          for (const [x, y] of [
            [2 * cx, 2 * cy],
            [2 * cx + 1, 2 * cy + 1],
          ] as const) {
            if (x >= view.size.width || y >= view.size.height) continue;
            const [px, py] = onSensor([x, y], view);
            expect(sensor[py]?.[px]).toBe(true);
          }
        }),
      );
    }),
    { numRuns: 300 },
  );
});

describe("a point", () => {
  test("that is carried to the view and back is where it was", () => {
    fc.assert(
      fc.property(share, share, viewIn, (x, y, view) => {
        const [bx, by] = pointOnSensor(pointInView([x, y], view), view);
        expect(Math.hypot(bx - x, by - y)).toBeLessThan(1e-12);
      }),
    );
  });

  test("in the sensor's corner is in the right corner of the view", () => {
    const at = (rotate: (typeof turns)[number]): Point =>
      pointInView([0, 0], viewOf({ width: 64, height: 48 }, { rotate, crop: [0, 0, 1, 1] }));
    expect(turns.map(at)).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });
});
