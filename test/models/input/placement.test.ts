import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoxPx } from "../../../hal/geometry.ts";
import { place, toFrame, toInput } from "../../../models/input/placement.ts";

const fit = { width: 416, height: 416, fit: "letterbox", align: "start", context: 1 } as const;
const hd = { width: 1280, height: 720 };
const none: BoxPx = [0, 0, 1, 1];

describe("where a picture lies in the input", () => {
  test("letterbox: its shape kept, at the top left or in the middle", () => {
    expect(place(fit, hd, none)).toMatchObject({ left: 0, top: 0, width: 416, height: 234 });
    expect(place({ ...fit, align: "centre" }, hd, none)).toMatchObject({
      left: 0,
      top: 91,
      width: 416,
      height: 234,
    });
    expect(place(fit, { width: 720, height: 1280 }, none)).toMatchObject({ width: 234, height: 416 });
    expect(place(fit, { width: 4000, height: 1 }, none)).toMatchObject({ width: 416, height: 1 });
  });

  test("stretch: all of it", () => {
    expect(place({ ...fit, fit: "stretch" }, hd, none)).toMatchObject({
      left: 0,
      top: 0,
      width: 416,
      height: 416,
    });
  });

  test("square: around the middle of the region, with its context, also beyond the picture", () => {
    const { part } = place({ ...fit, fit: "square", context: 1.5 }, hd, [0, 100, 40, 80]);
    expect(part).toEqual({ x: -40, y: 80, width: 120, height: 120 });
  });
});

const side = fc.integer({ min: 1, max: 2000 });
const spec = fc.record({
  width: fc.integer({ min: 8, max: 1280 }),
  height: fc.integer({ min: 8, max: 1280 }),
  fit: fc.constantFrom("letterbox", "stretch", "square"),
  align: fc.constantFrom("start", "centre"),
  context: fc.double({ min: 1, max: 4, noNaN: true }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("a box", () => {
  test("comes back from the input to where it was in the frame, for every fit and size", () => {
    fc.assert(
      fc.property(spec, side, side, fc.tuple(share, share, share, share), (input, width, height, shares) => {
        const x = shares[0] * (width - 1);
        const y = shares[1] * (height - 1);
        const box: BoxPx = [
          x,
          y,
          Math.max(0.5, shares[2] * (width - x)),
          Math.max(0.5, shares[3] * (height - y)),
        ];
        const placement = place(input, { width, height }, box);
        const back = toFrame(placement, { width, height }, toInput(placement, box));
        for (const [at, value] of box.entries()) expect(back?.[at]).toBeCloseTo(value, 6);
      }),
    );
  });

  test("never leaves the frame, whatever corners a model gives", () => {
    const corner = fc.double({ noNaN: true, min: -1e7, max: 1e7 });
    fc.assert(
      fc.property(
        spec,
        side,
        side,
        fc.tuple(corner, corner, corner, corner),
        (input, width, height, corners) => {
          const box = toFrame(place(input, { width, height }, none), { width, height }, corners);
          if (box === null) return;
          const [x, y, w, h] = box;
          expect(x >= 0 && y >= 0 && w > 0 && h > 0).toBe(true);
          expect(x + w).toBeLessThanOrEqual(width * (1 + 1e-9));
          expect(y + h).toBeLessThanOrEqual(height * (1 + 1e-9));
        },
      ),
    );
  });

  test("of which nothing lies in the frame is none", () => {
    const placement = place(fit, hd, none);
    expect(toFrame(placement, hd, [10, 300, 60, 400])).toBeNull();
    expect(toFrame(placement, hd, [60, 20, 10, 40])).toBeNull();
  });
});
