import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clustered } from "../../../portal/web/plan/cluster.ts";
import { gridLines, gridStepM } from "../../../portal/web/plan/grid.ts";
import { stretchAt, toPlace, toPlan } from "../../../portal/web/plan/projection.ts";
import { fitted, fromScreen, groundPerPx, panned, toScreen, zoomed } from "../../../portal/web/plan/view.ts";
import { distanceM } from "../../../daemon/consent/place.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const place = fc.record({ lat: number(-80, 80), lon: number(-179, 179) });
const size = { widthPx: 800, heightPx: 500 };
const view = fc.record({
  // far enough from the edge of the world, at which the view stops
  middle: fc.record({ x: number(-5e6, 5e6), y: number(-5e6, 5e6) }),
  perPx: number(0.3, 2_000),
});

describe("the projection", () => {
  test("brings every place back", () => {
    fc.assert(
      fc.property(place, (here) => {
        const back = toPlace(toPlan(here));
        expect(back.lat).toBeCloseTo(here.lat, 8);
        expect(back.lon).toBeCloseTo(here.lon, 8);
      }),
    );
  });

  test("draws 300 m on the ground as 300 m at every latitude, to 1 %", () => {
    fc.assert(
      fc.property(number(-75, 75), number(-170, 170), (lat, lon) => {
        const north = { lat: lat + 0.0027, lon };
        const drawn = Math.abs(toPlan(north).y - toPlan({ lat, lon }).y) / stretchAt(lat);
        expect(drawn / distanceM({ lat, lon }, north)).toBeCloseTo(1, 2);
      }),
    );
  });
});

describe("the view", () => {
  test("finds the point again that it drew", () => {
    fc.assert(
      fc.property(view, number(0, 800), number(0, 500), (seen, x, y) => {
        const back = toScreen(seen, size, fromScreen(seen, size, { x, y }));
        expect(back.x).toBeCloseTo(x, 3);
        expect(back.y).toBeCloseTo(y, 3);
      }),
    );
  });

  test("zooms around the point under the hand", () => {
    fc.assert(
      fc.property(view, number(0.3, 3), number(0, 800), number(0, 500), (seen, factor, x, y) => {
        const under = fromScreen(seen, size, { x, y });
        const after = toScreen(zoomed(seen, size, { factor, at: { x, y } }), size, under);
        expect(Math.hypot(after.x - x, after.y - y)).toBeLessThan(0.01);
      }),
    );
  });

  test("goes as far as the hand, and back", () => {
    const seen = { middle: { x: 1_000, y: 2_000 }, perPx: 5 };
    expect(panned(panned(seen, { x: 30, y: -40 }), { x: -30, y: 40 })).toEqual(seen);
    expect(panned(seen, { x: 10, y: 0 }).middle).toEqual({ x: 1_050, y: 2_000 });
  });

  test("that is fitted shows every point, and one alone not from too near", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
        const points = places.map(toPlan);
        const seen = fitted(points, size);
        for (const point of points) {
          const { x, y } = toScreen(seen, size, point);
          expect(x >= 0 && x <= 800 && y >= 0 && y <= 500).toBe(true);
        }
      }),
    );
    expect(fitted([toPlan({ lat: 53, lon: 10 })], size).perPx).toBeGreaterThan(1.5);
  });

  test.each([1e-9, 1e9])("cannot be zoomed out of its bounds by %s", (factor) => {
    const seen = zoomed({ middle: { x: 0, y: 0 }, perPx: 10 }, size, { factor, at: { x: 1, y: 1 } });
    expect(seen.perPx).toBeGreaterThanOrEqual(0.2);
    expect(seen.perPx).toBeLessThanOrEqual(200_000);
  });
});

describe("the grid", () => {
  test("has round steps between 64 and 160 pixels, whatever the scale", () => {
    fc.assert(
      fc.property(number(0.3, 20_000), (perPx) => {
        const seen = { middle: { x: 0, y: 0 }, perPx };
        const stepM = gridStepM(seen);
        expect(String(stepM / 10 ** Math.floor(Math.log10(stepM) + 1e-9)).slice(0, 1)).toMatch(/[125]/u);
        expect(stepM / groundPerPx(seen)).toBeGreaterThan(63.9);
        expect(stepM / groundPerPx(seen)).toBeLessThan(161);
      }),
    );
  });

  test("lies still on the ground while one pans", () => {
    const seen = { middle: { x: 12_345, y: 0 }, perPx: 5 };
    const before = gridLines(seen, size).xs[0] ?? 0;
    const after = gridLines(panned(seen, { x: 10, y: 0 }), size).xs[0] ?? 0;
    expect(after).toBeCloseTo(before - 10, 6);
  });
});

describe("signs on the plan", () => {
  const spot = (x: number, y: number, radiusPx = 3) => ({ at: { x, y }, radiusPx, of: `${x} ${y}` });

  test("that lie in one cell are one, with all of them in it", () => {
    const [one, ...rest] = clustered([spot(5, 5), spot(15, 5), spot(30, 35)]);
    expect(rest).toEqual([]);
    expect(one?.of).toHaveLength(3);
  });

  test("that are large enough stay apart", () => {
    expect(clustered([spot(5, 5, 20), spot(6, 6, 20)])).toHaveLength(2);
  });

  test("never lose or double one", () => {
    const spots = fc.array(fc.tuple(number(0, 800), number(0, 500), number(0, 30)), { maxLength: 60 });
    fc.assert(
      fc.property(spots, (list) => {
        const made = list.map(([x, y, radiusPx], i) => ({ at: { x, y }, radiusPx, of: i }));
        expect(
          clustered(made)
            .flatMap(({ of }) => of)
            .sort((a, b) => a - b),
        ).toEqual(made.map(({ of }) => of));
      }),
    );
  });
});
