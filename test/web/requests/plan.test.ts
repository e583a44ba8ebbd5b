/** The plan of a request: where things lie on it, and what is drawn. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../../../daemon/consent/common.ts";
import { distanceM } from "../../../daemon/consent/place.ts";
import { compassOf, offsetM, planOf, planSide } from "../../../web/requests/plan.ts";

const middle = { lat: 54.3233, lon: 10.1394 };
const area = { ...middle, radiusM: 300 };
const far: [number, number][] = [
  [50, 5],
  [60, 5],
  [60, 15],
  [50, 15],
];

/** So many metres from the middle. */
function at(eastM: number, northM: number): Place {
  const lat = middle.lat + northM / 111_195;
  return { lat, lon: middle.lon + eastM / (111_195 * Math.cos((middle.lat * Math.PI) / 180)) };
}

const plan = (house: Place | null, jurisdiction = far) =>
  planOf({ area, house, distanceM: house === null ? 150 : distanceM(middle, house), jurisdiction });

test.each([
  [0, 100, 0],
  [100, 100, 1],
  [100, 0, 2],
  [100, -100, 3],
  [0, -100, 4],
  [-100, -100, 5],
  [-100, 0, 6],
  [-100, 100, 7],
  [-30, 100, 0],
])("%d m east and %d m north is the point %d of the compass", (eastM, northM, point) => {
  expect(compassOf({ eastM, northM })).toBe(point);
  expect(compassOf(offsetM(middle, at(eastM, northM)))).toBe(point);
});

test("north is up and east is right", () => {
  const { radius, house } = plan(at(150, 75));
  expect(radius).toBe(128);
  expect(house?.[0]).toBeCloseTo(64, 0);
  expect(house?.[1]).toBeCloseTo(-32, 0);
});

test("who does not know the place gets the circle on which the house lies", () => {
  expect(plan(null)).toMatchObject({ house: null, ring: 64 });
  expect(plan(at(1, 1)).ring).toBeNull();
});

test("the short way across the 180th meridian", () => {
  const { eastM } = offsetM({ lat: 0, lon: 179.999 }, { lat: 0, lon: -179.999 });
  expect(eastM).toBeCloseTo(222.39, 1);
});

test("a border is drawn where it crosses the plan, not where it is far or all around", () => {
  expect(plan(null).border).toBeNull();
  const west = at(-330, 0).lon;
  const near = far.map(([lat, lon]): [number, number] => [lat, lon === 5 ? west : lon]);
  expect(plan(null, near).border).toMatch(/^M-140\.8 .*Z$/u);
  const beyond = far.map(([lat, lon]): [number, number] => [lat, lon === 5 ? at(-400, 0).lon : lon]);
  expect(plan(null, beyond).border).toBeNull();
});

test("everything that is drawn lies on the plan, and the scale is a round number", () => {
  const metres = fc.double({ min: -1_500, max: 1_500, noNaN: true });
  fc.assert(
    fc.property(metres, metres, fc.integer({ min: 150, max: 400 }), (eastM, northM, radiusM) => {
      const house = at(eastM, northM);
      const it = planOf({
        area: { ...middle, radiusM },
        house,
        distanceM: distanceM(middle, house),
        jurisdiction: far,
      });
      const [x = 0, y = 0] = it.house ?? [];
      expect(Math.max(it.radius, Math.abs(x), Math.abs(y))).toBeLessThan(planSide / 2);
      expect(it.scale.length).toBeLessThan(planSide / 2);
      expect(it.scale.length).toBeGreaterThan(planSide / 10);
      expect(String(it.scale.metres)).toMatch(/^[125]0*$/u);
      // the drawing keeps proportions
      const drawn = (distanceM(middle, house) * it.radius) / radiusM;
      expect(Math.abs(Math.hypot(x, y) - drawn)).toBeLessThan(planSide / 200);
    }),
  );
});
