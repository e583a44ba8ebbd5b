import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Picture } from "../../../hal/sim/picture.ts";
import type { Porch } from "../../../hal/sim/porch/porch.ts";
import { completeSettings, type PorchSettings } from "../../../hal/sim/porch/settings.ts";
import { troubles } from "../../../hal/sim/porch/trouble/list.ts";
import { seenMs, slotMs, strengthsAt, troubleOfSlot } from "../../../hal/sim/porch/trouble/program.ts";
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

const isGrey = ({ u, v }: Picture): boolean =>
  [u, v].every(({ data, stride, width }) => data.every((value, i) => value === 128 || i % stride >= width));

function brightSpots({ y, width }: Picture, from: number): number {
  return y.data.filter((value, i) => value >= from && i % y.stride < width).length;
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
    const light = trouble === "headlights" || trouble === "lamp" ? "night" : "day";
    const settings: PorchSettings = { trouble, light, scene: "garden", visitorsPerHour: 0 };
    const { tMs, changed } = strongest(settings, steps(20_000, 75_000, 700));
    expect(porchOf(settings).truth(tMs).troubles).toContain(trouble);
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

describe("insects", () => {
  test("at night streak brightly through the infrared picture, each for a moment", () => {
    const porch = porchOf({ trouble: "insects", light: "night" });
    const pictures = steps(0, 9_000, 66).map((tMs) => pictureAt(porch, tMs));
    const bright = pictures.map((picture) => brightSpots(picture, 200));
    expect(Math.max(...bright)).toBeGreaterThan(60);
    const spots = pictures.map((picture, i) => changes(picture, pictures[i - 1] ?? picture, 70).length);
    expect(spots.filter((n) => n > 30).length).toBeGreaterThan(20);
    expect(pictures.every(isGrey)).toBe(true);
  });

  test("by day are dark", () => {
    const [calm, busy] = [porchOf({}), porchOf({ trouble: "insects" })];
    let [darker, brighter] = [0, 0];
    for (const tMs of steps(0, 20_000, 400)) {
      const [before, after] = [pictureAt(calm, tMs), pictureAt(busy, tMs)];
      for (const { x, y } of changes(before, after, 40)) {
        if ((after.y.data[y * after.y.stride + x] ?? 0) < (before.y.data[y * before.y.stride + x] ?? 0))
          darker += 1;
        else brighter += 1;
      }
    }
    expect(darker).toBeGreaterThan(500);
    expect(brighter).toBeLessThan(darker / 10);
  });

  test("one crawls: hardly anywhere else from one picture to the next, and on its way after seconds", () => {
    const [calm, busy] = [porchOf({}), porchOf({ trouble: "insects" })];
    const middle = (tMs: number): number => {
      const spots = changes(pictureAt(calm, tMs), pictureAt(busy, tMs), 60);
      return spots.reduce((sum, { y }) => sum + y, 0) / spots.length;
    };
    expect(Math.abs(middle(19_066) - middle(19_000))).toBeLessThan(6);
    expect(Math.abs(middle(25_000) - middle(16_000))).toBeGreaterThan(20);
  });
});

describe("a web", () => {
  test("is a bright thread from top to bottom that sways about one place", () => {
    const [calm, hung] = [porchOf({ light: "night" }), porchOf({ light: "night", trouble: "web" })];
    const rowsAt = (tMs: number) => changes(pictureAt(calm, tMs), pictureAt(hung, tMs), 25);
    const [first, later] = [rowsAt(1_000), rowsAt(1_800)];
    expect(new Set(first.map(({ y }) => y)).size).toBeGreaterThan(size.height * 0.95);
    const held = first.filter(({ x, y }) =>
      later.some((there) => there.y === y && Math.abs(there.x - x) < 25),
    );
    expect(held.length).toBeGreaterThan(first.length * 0.9);
    expect(first).not.toEqual(later);
  });
});

describe("the lamp", () => {
  test("goes on and off from one picture to the next, and what it shines on with it", () => {
    const porch = porchOf({ light: "night", trouble: "lamp" });
    const floor = [0.2, 0.75, 0.6, 0.25];
    const levels = steps(0, 40_000, 66).map((tMs) => meanOf(pictureAt(porch, tMs), floor));
    const jumps = levels.map((level, i) => Math.abs(level - (levels[i - 1] ?? level)));
    expect(jumps.filter((jump) => jump > 15).length).toBeGreaterThan(3);
    expect(jumps.filter((jump) => jump > 2 && jump < 10)).toEqual([]);
    const houses = steps(0, 40_000, 660).map((tMs) => meanOf(pictureAt(porch, tMs), [0.4, 0.1, 0.2, 0.1]));
    expect(Math.max(...houses) - Math.min(...houses)).toBeLessThan(3);
  });

  test("makes no difference by day", () => {
    const [calm, lit] = [porchOf({}), porchOf({ trouble: "lamp" })];
    for (const tMs of steps(0, 20_000, 2_100)) expect(print(lit, tMs)).toBe(print(calm, tMs));
  });
});

describe("clouds", () => {
  test("take the sun away and give it back, here sooner than there, within seconds", () => {
    const porch = porchOf({ trouble: "clouds" });
    const times = steps(0, 60_000, 300);
    const near = times.map((tMs) => meanOf(pictureAt(porch, tMs), [0.4, 0.45, 0.2, 0.1]));
    const floor = times.map((tMs) => meanOf(pictureAt(porch, tMs), [0.15, 0.75, 0.2, 0.2]));
    expect(Math.max(...near) - Math.min(...near)).toBeGreaterThan(20);
    expect(Math.max(...floor) - Math.min(...floor)).toBeGreaterThan(8);
    const share = (list: readonly number[]) =>
      list.map((level) => (level - Math.min(...list)) / (Math.max(...list) - Math.min(...list)));
    const [a, b] = [share(near), share(floor)];
    expect(Math.max(...a.map((level, i) => Math.abs(level - (b[i] ?? 0))))).toBeGreaterThan(0.15);
    const steepest = near.map((level, i) => Math.abs(level - (near[i - 1] ?? level)));
    expect(Math.max(...steepest)).toBeLessThan(0.35 * (Math.max(...near) - Math.min(...near)));
  });
});

describe("exposure", () => {
  test("makes the whole picture darker or brighter while a lorry passes, and comes back", () => {
    const [calm, pumping] = [porchOf({ scene: "street" }), porchOf({ scene: "street", trouble: "exposure" })];
    const garden = [0.15, 0.5, 0.7, 0.45];
    const gains = steps(0, 64_000, 200).map(
      (tMs) => meanOf(pictureAt(pumping, tMs), garden) / meanOf(pictureAt(calm, tMs), garden),
    );
    expect(Math.min(...gains)).toBeLessThan(0.75);
    expect(gains.filter((gain) => Math.abs(gain - 1) < 0.01).length).toBeGreaterThan(gains.length / 4);
    const lorries = steps(0, 64_000, 1_000).flatMap((tMs) =>
      pumping.truth(tMs).items.filter(({ id }) => id.startsWith("lorry")),
    );
    expect(lorries.length).toBeGreaterThan(5);
    expect(lorries.some(({ inside }) => inside)).toBe(false);
  });
});

describe("infrared", () => {
  test("is grey to the last sample while it is on, and in colour before and after", () => {
    const porch = porchOf({ trouble: "infrared", light: "dusk", scene: "default" });
    expect(isGrey(pictureAt(porch, 20_000))).toBe(false);
    for (const tMs of steps(25_000, 55_000, 3_100)) expect(isGrey(pictureAt(porch, tMs))).toBe(true);
    expect(isGrey(pictureAt(porch, 56_000))).toBe(false);
  });

  test("shows leaves brighter beside the path than colour does, and after the switch everything too bright for a moment", () => {
    const porch = porchOf({ trouble: "infrared", light: "day" });
    const [lawn, path] = [
      [0.35, 0.47, 0.1, 0.06],
      [0.53, 0.55, 0.06, 0.05],
    ];
    const [before, after] = [pictureAt(porch, 24_000), pictureAt(porch, 30_000)];
    const ratio = (picture: Picture): number => meanOf(picture, lawn) / meanOf(picture, path);
    expect(ratio(after)).toBeGreaterThan(ratio(before) * 1.2);
    expect(meanOf(pictureAt(porch, 25_066))).toBeGreaterThan(meanOf(after) + 15);
  });

  test("stays on through the dark hours of every other day of the program", () => {
    const porch = porchOf({ trouble: "all", light: "auto" });
    const nights = [0, 1, 2, 3].map((day) => isGrey(pictureAt(porch, day * 1_200_000 + 700_000)));
    expect(nights).toEqual([false, true, false, true]);
    const dusk = steps(1_560_000, 1_680_000, 200).find((tMs) => isGrey(pictureAt(porch, tMs)));
    expect(porch.truth(dusk ?? 0).troubles).toContain("infrared");
  });
});

describe("noise", () => {
  test("makes the picture coarse and pale, new at every moment, with the scene still in it", () => {
    const [calm, noisy] = [porchOf({ light: "night" }), porchOf({ light: "night", trouble: "noise" })];
    const unrest = (porch: Porch): number => misfit(pictureAt(porch, 5_000), pictureAt(porch, 5_066), 0, 0);
    expect(unrest(noisy)).toBeGreaterThan(unrest(calm) * 2.5);
    expect(unrest(noisy)).toBeGreaterThan(8);
    const many = steps(5_000, 9_000, 66).map((tMs) => pictureAt(noisy, tMs));
    const mean = (part: readonly number[]): number =>
      many.reduce((sum, picture) => sum + meanOf(picture, part), 0) / many.length;
    expect(mean([0.2, 0.85, 0.2, 0.1]) - mean([0.5, 0.02, 0.1, 0.05])).toBeGreaterThan(3);
  });
});

describe("stutter", () => {
  test("shows pictures twice and leaves others out, and time never goes back", () => {
    const settings = completeSettings({ trouble: "stutter" });
    const times = steps(0, 60_000, 1_000 / 15);
    const shown = times.map((tMs) => seenMs(settings, tMs));
    const held = shown.filter((at, i) => at === shown[i - 1]);
    expect(held.length).toBeGreaterThan(100);
    expect(held.length).toBeLessThan(600);
    expect(shown.every((at, i) => at >= (shown[i - 1] ?? 0) && at <= (times[i] ?? 0))).toBe(true);
    expect(Math.max(...times.map((at, i) => at - (shown[i] ?? 0)))).toBeLessThan(1_500);
  });

  test("loses detail until the next key frame brings it back", () => {
    const porch = porchOf({ trouble: "stutter", seed: 4 });
    const detail = (tMs: number): number => {
      const { y, width, height } = pictureAt(porch, tMs);
      let sum = 0;
      for (let row = 0; row < height; row += 1)
        for (let x = 1; x < width; x += 1)
          sum += Math.abs((y.data[row * y.stride + x] ?? 0) - (y.data[row * y.stride + x - 1] ?? 0));
      return sum / (width * height);
    };
    expect(detail(3_900)).toBeLessThan(detail(2_020) * 0.8);
    expect(detail(4_010)).toBeGreaterThan(detail(3_900) * 1.25);
  });

  test("tells the truth about the picture that is shown", () => {
    const porch = porchOf({ trouble: "stutter", scene: "garden", visitor: "running" });
    const plain = porchOf({ scene: "garden", visitor: "running" });
    const settings = completeSettings({ trouble: "stutter" });
    for (const tMs of steps(8_000, 13_000, 66))
      expect(porch.truth(tMs).items).toEqual(plain.truth(seenMs(settings, tMs)).items);
  });
});

describe("something parked", () => {
  const settings: PorchSettings = { trouble: "parked", scene: "garden", visitorsPerHour: 0 };

  test("is brought by somebody, stands alone without moving, and is fetched", () => {
    const porch = porchOf(settings);
    const people = (tMs: number) =>
      porch.truth(tMs).items.filter(({ kind, inside }) => kind === "person" && inside);
    const things = (tMs: number) => porch.truth(tMs).items.filter(({ kind }) => kind === "thing");
    const alone = steps(0, 75_000, 500).filter((tMs) => things(tMs).length === 1 && people(tMs).length === 0);
    const boxes = alone.filter((tMs) => tMs > 22_000 && tMs < 40_000).map((tMs) => things(tMs)[0]?.box);
    expect(boxes.length).toBeGreaterThan(20);
    expect(new Set(boxes.map((box) => JSON.stringify(box))).size).toBe(1);
    expect(things(74_000)).toEqual([]);
    const { positive } = porch.motionTruth(0, 75_000);
    expect(positive.map(({ id }) => id.startsWith("parker"))).toEqual([true, true]);
    expect(boxes[0]?.[2] ?? 0).toBeGreaterThan(10);
  });

  test("leaves the picture as it was", () => {
    const [calm, parked] = [porchOf({ ...settings, trouble: "none" }), porchOf(settings)];
    expect(changes(pictureAt(calm, 74_500), pictureAt(parked, 74_500)).length).toBe(0);
    expect(changes(pictureAt(calm, 35_000), pictureAt(parked, 35_000)).length).toBeGreaterThan(80);
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
