/** What is drawn on a turned picture is kept as the sensor sees it, and comes back where it was drawn. */
import { expect, test } from "vitest";
import { maskShapeSchema } from "../../../daemon/policy/policy.ts";
import { zonesSchema } from "../../../daemon/wire/api-household.ts";
import { turns, viewOf } from "../../../hal/view.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { maskInView, maskOnSensor, zonesInView, zonesOnSensor } from "../../../web/drawing/sensor.ts";

const zones = {
  zones: [
    {
      name: "path",
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ] as [number, number][],
      sensitivity: 80,
    },
  ],
};

test.each(turns)("on a picture turned by %i and cropped", (rotate) => {
  const view = viewOf({ width: 1280, height: 720 }, { rotate, crop: [0.1, 0.2, 0.7, 0.6] });
  const kept = maskShapeSchema.parse(maskOnSensor(porchPolicy, view));
  expect(kept).not.toEqual(porchPolicy);
  const shown = maskInView(kept, view);
  shown?.propertyLine.forEach(([x, y], i) => {
    expect(x).toBeCloseTo(porchPolicy.propertyLine[i]?.[0] ?? -1, 9);
    expect(y).toBeCloseTo(porchPolicy.propertyLine[i]?.[1] ?? -1, 9);
  });
  const back = zonesInView(zonesSchema.parse(zonesOnSensor(zones, view)), view);
  expect(back.zones[0]?.polygon.flat().map((each) => Math.round(each * 1e9) / 1e9)).toEqual([
    0, 0, 1, 0, 1, 1,
  ]);
  expect(back.zones[0]).toMatchObject({ name: "path", sensitivity: 80 });
});

test("on the whole picture every corner stays the very same number", () => {
  expect(maskOnSensor(porchPolicy, undefined)).toBe(porchPolicy);
  expect(maskInView(porchPolicy, undefined)).toBe(porchPolicy);
  expect(zonesOnSensor(zones, undefined)).toBe(zones);
});
