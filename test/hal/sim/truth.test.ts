import { describe, expect, test } from "vitest";
import type { Polygon } from "../../../hal/geometry.ts";
import { newPicture } from "../../../hal/sim/picture.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { createPorch, type Porch } from "../../../hal/sim/porch/porch.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";

const size = { width: 640, height: 360 } as const;
const porchOf = (settings: PorchSettings): Porch =>
  createPorch({ light: "day", rain: "off", ...settings }, size);

function luma(porch: Porch, tMs: number): Uint8Array {
  const picture = newPicture(porch);
  porch.render(tMs, picture);
  return picture.y.data;
}

/** Pixels that differ between two porches of the same light at the same time. */
function changes(a: Porch, b: Porch, tMs: number): [x: number, y: number][] {
  const [one, two] = [luma(a, tMs), luma(b, tMs)];
  const found: [number, number][] = [];
  one.forEach((value, i) => {
    if (Math.abs(value - (two[i] ?? 0)) > 0) found.push([i % size.width, Math.floor(i / size.width)]);
  });
  return found;
}

function within(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

const visible = (x: number, y: number): boolean => {
  const [fx, fy] = [(x + 0.5) / size.width, (y + 0.5) / size.height];
  return (
    within(porchPolicy.propertyLine, fx, fy) && !porchPolicy.privacyZones.some((zone) => within(zone, fx, fy))
  );
};

const everybody = porchOf({});
const nobody = porchOf({ scene: "empty" });

describe("the porch's ground truth", () => {
  test.each([9_000, 15_000, 19_000, 80_000, 121_000, 124_000, 135_000])(
    "at %i ms everybody in sight has changed pixels in his box",
    (tMs) => {
      const changed = changes(everybody, nobody, tMs);
      const items = everybody.truth(tMs).items.filter(({ visibleFrac }) => visibleFrac > 0.3);
      expect(items.length).toBeGreaterThan(0);
      for (const { box } of items) {
        const [left, top, width, height] = box ?? [0, 0, 0, 0];
        const own = changed.filter(([x, y]) => x >= left && x < left + width && y >= top && y < top + height);
        expect(own.length).toBeGreaterThan(width * height * 0.15);
      }
    },
  );

  test("nothing but shadows changes outside the boxes", () => {
    const tMs = 15_000;
    const boxes = everybody.truth(tMs).items.flatMap(({ box }) => (box === null ? [] : [box]));
    const changed = changes(everybody, nobody, tMs);
    const stray = changed.filter(
      ([x, y]) => !boxes.some(([left, top, w, h]) => x >= left && x < left + w && y >= top && y < top + h),
    );
    expect(changed.length).toBeGreaterThan(5_000);
    expect(stray.length).toBeLessThan(changed.length * 0.1);
  });

  test("cars and walkers beyond the line never change a pixel inside it", () => {
    const street = porchOf({ scene: "street" });
    let seen = 0;
    for (let tMs = 500; tMs < 90_000; tMs += 2_300) {
      const changed = changes(street, nobody, tMs);
      seen += changed.length;
      expect(changed.filter(([x, y]) => visible(x, y))).toEqual([]);
    }
    expect(seen).toBeGreaterThan(10_000);
  });

  test("a visitor at the door is inside, and his face is inside the property line", () => {
    const visitor = everybody.truth(17_000).items.find(({ id }) => id === "visitor-0");
    const [left, top, width, height] = visitor?.box ?? [0, 0, 0, 0];
    expect(visitor?.inside).toBe(true);
    expect(height).toBeGreaterThan(size.height / 2);
    expect(visible(left + width / 2, top)).toBe(true);
  });

  test("everybody beyond the line says so, with feet on the street", () => {
    const street = porchOf({ scene: "street" });
    const items = Array.from({ length: 60 }, (_, i) => street.truth(i * 1_000).items).flat();
    expect(items.length).toBeGreaterThan(30);
    expect(items.filter(({ inside, distanceM }) => inside || distanceM < 9)).toEqual([]);
  });

  test("tells when somebody was in sight, and where", () => {
    const spans = porchOf({ scene: "garden" }).truthIntervals(0, 40_000);
    const inside = spans.filter(({ id, inside }) => id === "visitor-0" && inside);
    expect(inside).toHaveLength(1);
    expect(inside[0]?.fromMs).toBeGreaterThan(7_000);
    expect(inside[0]?.fromMs).toBeLessThan(9_000);
    expect((inside[0]?.toMs ?? 0) - (inside[0]?.fromMs ?? 0)).toBeGreaterThan(15_000);
  });

  test.each([
    ["day", "off"],
    ["dusk", "on"],
    ["night", "off"],
  ] as const)("knows %s with rain %s", (light, rain) => {
    expect(porchOf({ light, rain }).truth(5_000)).toMatchObject({ light, rain: rain === "on" });
  });

  test("auto goes through day, dusk and night within its 20 minutes", () => {
    const porch = porchOf({ light: "auto", scene: "empty" });
    const seen = Array.from({ length: 60 }, (_, i) => porch.truth(i * 20_000).light);
    expect(new Set(seen)).toEqual(new Set(["day", "dusk", "night"]));
    expect(seen[0]).toBe("day");
  });
});

test("the property line is a concave polygon of fractions, with one privacy zone in it", () => {
  const { propertyLine, privacyZones } = porchPolicy;
  expect(propertyLine.flat().every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
  expect(privacyZones).toHaveLength(1);
  expect(privacyZones.flat().every(([x, y]) => within(propertyLine, x, y))).toBe(true);
  expect(visible(size.width * 0.45, size.height * 0.9)).toBe(true);
  expect(visible(size.width * 0.64, size.height * 0.38)).toBe(false);
});
