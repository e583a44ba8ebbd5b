import { describe, expect, test } from "vitest";
import { createPorch, type Porch } from "../../../hal/sim/porch/porch.ts";
import type { PorchSettings, VisitorKind } from "../../../hal/sim/porch/settings.ts";
import { visitorChoices } from "../../../hal/sim/porch/settings.ts";
import { changes, pictureAt, porchOf, size } from "./rig.ts";

const garden = (settings: PorchSettings): Porch => porchOf({ scene: "garden", ...settings });
const visitor = (porch: Porch, tMs: number, index = 0) =>
  porch.truth(tMs).items.find(({ id }) => id === `visitor-${index}`);
const times = (fromMs: number, toMs: number, stepMs = 100): number[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) }, (_, i) => fromMs + i * stepMs);

describe("a visitor", () => {
  test("who comes close fills the picture for more than a second", () => {
    const porch = garden({ visitor: "close" });
    const filled = times(8_000, 40_000).filter((tMs) => {
      const box = visitor(porch, tMs)?.box ?? [0, 0, 0, 0];
      return box[3] >= 0.6 * size.height && box[2] >= 0.6 * size.width;
    });
    expect(filled.length).toBeGreaterThan(10);
    const middle = filled[filled.length >> 1] ?? 0;
    const changed = changes(pictureAt(porch, middle), pictureAt(porchOf({}), middle));
    expect(changed.length).toBeGreaterThan(0.25 * size.width * size.height);
  });

  test("who comes close comes slowly every other time", () => {
    const porch = garden({ visitor: "close" });
    const near = (index: number, fromMs: number): number =>
      times(fromMs, fromMs + 60_000).filter((tMs) => {
        const d = visitor(porch, tMs, index)?.distanceM ?? 9;
        return d > 0.4 && d < 1.3;
      }).length;
    expect(near(1, 100_000)).toBeGreaterThan(3 * near(0, 8_000));
  });

  test("who is slow needs more than twenty seconds for the path", () => {
    const porch = garden({ visitor: "slow" });
    const path = times(8_000, 60_000).filter((tMs) => (visitor(porch, tMs)?.distanceM ?? 0) > 2);
    expect(path.length).toBeGreaterThan(200);
  });

  test("who stands still is there for a minute and moves by less than a hand's breadth", () => {
    const porch = garden({ visitor: "still" });
    const places = times(25_000, 75_000, 500).map((tMs) => visitor(porch, tMs)?.distanceM ?? 0);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(0.08);
    expect(Math.min(...places)).toBeGreaterThan(1);
    expect(new Set(places).size).toBeGreaterThan(20);
  });

  test("who is dark hardly differs from the night behind him", () => {
    const empty = porchOf({ light: "night" });
    const contrast = (kind: VisitorKind): number => {
      const porch = garden({ visitor: kind, light: "night" });
      const tMs = times(8_000, 60_000).find((at) => (visitor(porch, at)?.depthM ?? 9) < 4.5) ?? 0;
      const [left, top, width, height] = visitor(porch, tMs)?.box ?? [0, 0, 0, 0];
      const seen = changes(pictureAt(porch, tMs), pictureAt(empty, tMs), 25);
      const own = seen.filter(({ x, y }) => x >= left && x < left + width && y >= top && y < top + height);
      return own.length / (width * height);
    };
    expect(contrast("dark")).toBeGreaterThan(0);
    expect(contrast("dark")).toBeLessThan(contrast("slow") * 0.6);
  });

  test("who runs is at the door and gone within six seconds", () => {
    const span = garden({ visitor: "running" }).truthIntervals(0, 40_000);
    const inside = span.find(({ id, inside }) => id === "visitor-0" && inside);
    expect((inside?.toMs ?? 0) - (inside?.fromMs ?? 0)).toBeLessThan(6_000);
  });

  test("who stays far neither rings nor comes near, and is inside the line", () => {
    const porch = garden({ visitor: "far" });
    const seen = times(0, 40_000).flatMap((tMs) => visitor(porch, tMs) ?? []);
    expect(porch.script.presses(0, 3_600_000)).toEqual([]);
    expect(seen.some(({ inside }) => inside)).toBe(true);
    expect(Math.min(...seen.map(({ distanceM }) => distanceM))).toBeGreaterThan(7);
  });

  test("may be any of them, by the seed", () => {
    const found = createPorch({ visitor: "any" }, size).motionTruth(0, 1_800_000).positive;
    const wanted = visitorChoices.filter((kind) => kind !== "any");
    expect(new Set(found.map(({ manner }) => manner))).toEqual(new Set(wanted));
  });
});

describe("what a motion detector should say", () => {
  const porch = createPorch({ light: "day", rain: "off", visitor: "any", trouble: "wind" }, size);
  const { positive, ignore, troubles } = porch.motionTruth(0, 400_000);

  test("is yes while somebody's box is on the owner's ground", () => {
    expect(positive.length).toBeGreaterThan(3);
    for (const { id, fromMs, toMs } of positive) {
      const item = porch.truth((fromMs + toMs) / 2).items.find((one) => one.id === id);
      expect(item).toMatchObject({ inside: true, kind: "person" });
      expect(item?.box).not.toBeNull();
    }
  });

  test("is no while nobody is inside", () => {
    const told = [...positive, ...ignore];
    const quiet = times(0, 400_000, 2_000).filter(
      (tMs) => !told.some(({ fromMs, toMs }) => tMs >= fromMs && tMs < toMs),
    );
    expect(quiet.length).toBeGreaterThan(20);
    for (const tMs of quiet) {
      const inside = porch.truth(tMs).items.filter((item) => item.inside && item.depthM < 8);
      expect(inside.filter(({ kind }) => kind === "person")).toEqual([]);
    }
  });

  test("does not fall apart while somebody stands on the line or passes behind the shrub", () => {
    const far = porchOf({ scene: "garden", visitor: "any", trouble: "parked", seed: 2 });
    const spans = far.motionTruth(0, 1_200_000).positive;
    const gaps = spans.flatMap(({ id, toMs }) =>
      spans.filter((next) => next.id === id && next.fromMs >= toMs).map((next) => next.fromMs - toMs),
    );
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThan(10_000);
  });

  test("leaves the cat and the crossing of the line open", () => {
    expect(new Set(ignore.map(({ why }) => why))).toEqual(new Set(["animal", "edge"]));
  });

  test("names what disturbed the picture", () => {
    expect(troubles).toEqual([{ fromMs: 0, toMs: 400_000, trouble: "wind" }]);
  });
});
