/** Heat judged by a draft: the same answers as the doorbell's, in the light and at the time of the picture. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { levelAsked } from "../../../daemon/sight/levels.ts";
import type { Moment } from "../../../daemon/sight/rules.ts";
import { verdictOf } from "../../../daemon/sight/verdict.ts";
import { zonesOn } from "../../../daemon/sight/zones.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { areasOf } from "../../../web/calibrate/heat/areas.ts";
import { asksOf } from "../../../web/calibrate/heat/asks.ts";
import { asksPerCell, judge } from "../../../web/calibrate/heat/judge.ts";
import { cols, heat, rows } from "./heat-units.ts";

const left: Zones["zones"][number] = {
  name: "Left",
  polygon: [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
    [0, 1],
  ],
  sensitivity: 50,
};
const top: Zones["zones"][number] = {
  name: "Top",
  polygon: [
    [0, 0],
    [1, 0],
    [1, 0.5],
    [0, 0.5],
  ],
  sensitivity: null,
};
const drawn: Zones = { zones: [left, top], sensitivity: 20, rules: [] };
const noon = { light: "bright", minute: 12 * 60 } as const;

function judged(levels: Readonly<Record<number, number>>, zones: Zones) {
  const unit = heat(levels);
  const areas = areasOf(unit, { zones: zones.zones, frame: null }, null);
  const asks = asksOf(zones, { names: areas.each.map(({ name }) => name), fallback: 50, when: noon });
  return { ...judge(unit, areas, asks), perCell: asksPerCell(areas, asks) };
}

test("a cell fires where its level is asked for, and only in zones that hold it", () => {
  const asked = levelAsked(50);
  expect(judged({ 17: asked }, drawn).verdict).toMatchObject({ motion: true, zones: ["Left"] });
  expect(judged({ 17: asked - 1 }, drawn).verdict.motion).toBe(false);
  expect(judged({ 23: 100 }, drawn).verdict).toMatchObject({ motion: false, score: 0 }); // in no zone
});

test("sensitivity 0 never fires, whatever stirs", () => {
  const never: Zones = { zones: [], sensitivity: 0, rules: [] };
  expect(judged({ 3: 100, 4: 100 }, never).verdict).toMatchObject({ motion: false, score: 0 });
});

test("verdicts are those of the doorbell for any levels and sensitivities", () => {
  const level = fc.integer({ min: 0, max: 100 });
  const sensitivity = fc.option(fc.integer({ min: 0, max: 100 }));
  fc.assert(
    fc.property(fc.array(level, { minLength: 32, maxLength: 32 }), sensitivity, sensitivity, (all, a, b) => {
      const zones: Zones = {
        ...drawn,
        zones: [
          { ...left, sensitivity: a },
          { ...top, sensitivity: b },
        ],
      };
      const grid = { width: 640, height: 320, cols, rows, patchCols: 24, patchRows: 12 };
      const there = verdictOf(
        Uint8Array.from(all),
        grid,
        zonesOn(grid, {
          sensitivity: 20,
          zones: zones.zones.map((zone) => ({ ...zone, sensitivity: zone.sensitivity ?? undefined })),
        }),
      );
      const here = judged(Object.fromEntries(all.entries()), zones).verdict;
      expect({ ...here, boxes: [] }).toEqual({ ...there, boxes: [] });
    }),
  );
});

test("the walker is in the middle of what fires, or else of what stirs in a zone", () => {
  expect(judged({ 0: 60, 1: 60, 2: 10 }, drawn).at).toEqual([0.125, 0.125]);
  expect(judged({ 0: 10, 23: 90 }, drawn).at).toEqual([0.0625, 0.125]);
  expect(judged({ 23: 90 }, drawn).at).toBeNull();
});

test("a cell of two zones is asked for the lesser, one of none for more than there is", () => {
  const { perCell } = judged({}, drawn);
  expect([perCell[0], perCell[7], perCell[23]]).toEqual([levelAsked(50), levelAsked(20), 101]);
});

test("areas are worked out again only when they change", () => {
  const unit = heat({});
  const areas = areasOf(unit, { zones: drawn.zones, frame: null }, null);
  const other = drawn.zones.map((zone) => ({ ...zone, sensitivity: 3 }));
  expect(areasOf(unit, { zones: other, frame: null }, areas)).toBe(areas);
  expect(areasOf(unit, { zones: [left], frame: null }, areas)).not.toBe(areas);
  expect(areasOf({ cols: 4, rows: 4 }, { zones: drawn.zones, frame: null }, areas)).not.toBe(areas);
});

test("zones are judged where a turned picture shows them", () => {
  const view = {
    sensor: { width: 640, height: 320 },
    box: [0, 0, 640, 320] as const,
    rotate: 180 as const,
    size: { width: 640, height: 320 },
  };
  const [area] = areasOf(heat({}), { zones: [left], frame: view }, null).each;
  expect([...(area?.cells ?? [])].every((cell) => cell % cols >= cols / 2)).toBe(true);
});

test("the first rule that holds counts, before the zone's own, then the whole's, then the settings'", () => {
  const zones: Zones = {
    ...drawn,
    rules: [
      { zone: "Top", light: null, from: "22:00", to: "06:00", sensitivity: 80 },
      { zone: null, light: "dark", from: null, to: null, sensitivity: 10 },
    ],
  };
  const at = (when: Moment, drawnThere = zones): number[] =>
    asksOf(drawnThere, { names: ["Left", "Top"], fallback: 70, when });
  expect(at(noon)).toEqual([50, 20].map(levelAsked));
  expect(at({ light: "dark", minute: 12 * 60 })).toEqual([10, 10].map(levelAsked));
  expect(at({ light: "dark", minute: 10 })).toEqual([10, 80].map(levelAsked));
  expect(at(noon, { ...drawn, sensitivity: null })).toEqual([50, 70].map(levelAsked));
});
