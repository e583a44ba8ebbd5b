import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Porch } from "../../../hal/sim/porch/porch.ts";
import { completeSettings, type PorchSettings } from "../../../hal/sim/porch/settings.ts";
import { troubles } from "../../../hal/sim/porch/trouble/list.ts";
import { slotMs, strengthsAt, troubleOfSlot } from "../../../hal/sim/porch/trouble/program.ts";
import { printOf } from "./print.ts";
import { changes, meanOf, misfit, pictureAt, porchOf, size } from "./rig.ts";

const steps = (fromMs: number, toMs: number, stepMs: number): number[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, i) => fromMs + i * stepMs);

/** Of some moments the one at which a trouble changes most of the picture. */
function strongest(settings: PorchSettings, times: readonly number[]): { tMs: number; changed: number } {
  const [calm, troubled] = [porchOf({ ...settings, trouble: "none" }), porchOf(settings)];
  return times
    .map((tMs) => ({ tMs, changed: changes(pictureAt(calm, tMs), pictureAt(troubled, tMs)).length }))
    .reduce((best, one) => (one.changed > best.changed ? one : best));
}

const print = (porch: Porch, tMs: number): string => printOf(pictureAt(porch, tMs));

describe("every trouble", () => {
  test.each(troubles)("%s does not depend on the order of moments", (trouble) => {
    const porch = porchOf({ trouble, light: "auto", scene: "default", visitor: "any" });
    const moment = fc.integer({ min: 0, max: 1_400_000 });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const first = print(porch, a);
        print(porch, b);
        return print(porch, a) === first;
      }),
      { numRuns: 12 },
    );
  });

  test.each(troubles)("%s is named by the truth, and changes pictures", (trouble) => {
    const light = trouble === "headlights" ? "night" : "day";
    const { tMs, changed } = strongest({ trouble, light }, steps(20_000, 75_000, 700));
    expect(porchOf({ trouble, light }).truth(tMs).troubles).toContain(trouble);
    expect(changed).toBeGreaterThan(100);
  });
});

describe("wind", () => {
  test("moves leaves over the path and the shrub, and nothing on the porch floor", () => {
    const [calm, windy] = [porchOf({}), porchOf({ trouble: "wind" })];
    const moved = steps(1_000, 6_000, 500).flatMap((tMs) =>
      changes(pictureAt(calm, tMs), pictureAt(windy, tMs)),
    );
    const overPath = moved.filter(({ x }) => x > 0.6 * size.width && x < 0.75 * size.width);
    expect(overPath.length).toBeGreaterThan(200);
    expect(moved.filter(({ y }) => y > 0.7 * size.height)).toEqual([]);
  });
});

describe("snow", () => {
  test("falls: what is bright against the hedge now is lower a moment later", () => {
    const snowy = porchOf({ trouble: "snow", light: "night" });
    const calm = pictureAt(porchOf({ light: "night" }), 5_000);
    const first = changes(pictureAt(snowy, 5_000), calm, 30);
    const later = changes(pictureAt(snowy, 5_033), calm, 30);
    const lower = first.filter(({ x, y }) =>
      later.some((there) => Math.abs(there.x - x) < 4 && there.y - y > 0 && there.y - y < 12),
    );
    expect(first.length).toBeGreaterThan(150);
    expect(lower.length).toBeGreaterThan(first.length * 0.6);
  });
});

describe("headlights", () => {
  test("light up walls and lawn inside the line, one place after the other, and nothing of the street", () => {
    const settings: PorchSettings = { trouble: "headlights", light: "night" };
    const [calm, swept] = [porchOf({ light: "night" }), porchOf(settings)];
    const lit = steps(0, 27_000, 300).map((tMs) => changes(pictureAt(swept, tMs), pictureAt(calm, tMs), 30));
    const middles = lit
      .filter((pixels) => pixels.length > 400)
      .map((pixels) => pixels.reduce((sum, { x }) => sum + x, 0) / pixels.length);
    expect(Math.max(...middles) - Math.min(...middles)).toBeGreaterThan(size.width / 3);
    const street = lit.flat().filter(({ x, y }) => x > 105 && x < 240 && y > 12 && y < 50);
    expect(street.length).toBeLessThan(lit.flat().length * 0.01);
  });
});

describe("shake", () => {
  test("moves the whole picture, and it settles where it was", () => {
    const [calm, shaken] = [porchOf({ light: "day" }), porchOf({ light: "day", trouble: "shake" })];
    const { tMs } = strongest({ trouble: "shake" }, steps(0, 34_000, 100));
    const still = pictureAt(calm, tMs);
    const moved = pictureAt(shaken, tMs);
    const fits = [-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap((dx) =>
      [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((dy) => ({ dx, dy, by: misfit(still, moved, dx, dy) })),
    );
    const best = fits.reduce((a, b) => (b.by < a.by ? b : a));
    expect([best.dx, best.dy]).not.toEqual([0, 0]);
    expect(best.by).toBeLessThan(misfit(still, moved, 0, 0) * 0.75);
    const rests = steps(0, 34_000, 100).filter(
      (at) => misfit(pictureAt(calm, at), pictureAt(shaken, at), 0, 0) < 3,
    );
    expect(rests.length).toBeGreaterThan(20);
  });

  test("moves the boxes of the truth with it", () => {
    const settings: PorchSettings = { scene: "garden", visitor: "still" };
    const [calm, shaken] = [porchOf(settings), porchOf({ ...settings, trouble: "shake" })];
    const tops = steps(20_000, 40_000, 50).map((tMs) => [
      calm.truth(tMs).items[0]?.box?.[1] ?? 0,
      shaken.truth(tMs).items[0]?.box?.[1] ?? 0,
    ]);
    const moved = tops.map(([a = 0, b = 0]) => Math.abs(a - b));
    expect(Math.max(...moved)).toBeGreaterThan(1);
    expect(Math.max(...moved)).toBeLessThan(8);
  });
});

describe("the program of all troubles", () => {
  const settings = completeSettings({ trouble: "all" });

  test("brings each of them within a week, by day and by night", () => {
    const week = Array.from({ length: 7 * 16 }, (_, slot) => troubleOfSlot(settings, slot));
    expect(new Set(week)).toEqual(new Set(troubles));
  });

  test("shows one at a time, and none between two", () => {
    for (const tMs of steps(0, 1_200_000, 1_300)) {
      const there = Object.values(strengthsAt(settings, tMs)).filter((strength) => strength > 0);
      expect(there.length).toBeLessThanOrEqual(1);
    }
    expect(Math.max(...Object.values(strengthsAt(settings, slotMs * 5)))).toBe(0);
  });
});

test("several troubles may be asked for at once", () => {
  const both = porchOf({ trouble: ["wind", "snow"] }).truth(9_000).troubles;
  expect(both).toEqual(["wind", "snow"]);
  expect(meanOf(pictureAt(porchOf({ trouble: ["none"] }), 9_000))).toBe(
    meanOf(pictureAt(porchOf({}), 9_000)),
  );
});
