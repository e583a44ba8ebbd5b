import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { localMinuteOf, localMinutes } from "../../../daemon/sight/local-time.ts";
import { ruleProblem, sensitivityIn, type SensitivityRule } from "../../../daemon/sight/rules.ts";
import { gridOf } from "../../../daemon/sight/grid.ts";
import { zonesInForce, zonesOn, type MotionSettings } from "../../../daemon/sight/zones.ts";

const at = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const inForce = (rules: SensitivityRule[], time: string | null, zone = "path"): number =>
  sensitivityIn(
    { sensitivity: 50, rules },
    { name: zone, sensitivity: 60 },
    {
      light: "dark",
      minute: time === null ? null : at(time),
    },
  );
const night = { from: "22:00", to: "06:00", sensitivity: 10 };

describe("a rule", () => {
  test.each([
    ["21:59", 60],
    ["22:00", 10],
    ["23:59", 10],
    ["00:00", 10],
    ["05:59", 10],
    ["06:00", 60],
  ])("over midnight, at %s: %d", (time, sensitivity) => {
    expect(inForce([night], time)).toBe(sensitivity);
  });

  test.each([
    ["08:59", 60],
    ["09:00", 10],
    ["16:59", 10],
    ["17:00", 60],
  ])("within a day, at %s: %d", (time, sensitivity) => {
    expect(inForce([{ from: "09:00", to: "17:00", sensitivity: 10 }], time)).toBe(sensitivity);
  });

  test("from a time to the same time holds all day", () => {
    expect(inForce([{ from: "12:00", to: "12:00", sensitivity: 5 }], "03:00")).toBe(5);
  });

  test("that asks for a time does not hold where none is known", () => {
    expect([inForce([night], null), inForce([{ light: "dark", sensitivity: 20 }], null)]).toEqual([60, 20]);
  });

  test("holds only in its zone and its light", () => {
    const rules = [
      { zone: "street", sensitivity: 1 },
      { light: "infrared" as const, sensitivity: 2 },
    ];
    expect([inForce(rules, null), inForce(rules, null, "street")]).toEqual([60, 1]);
  });

  test("counts only when no earlier one holds; 0 silences", () => {
    expect(inForce([{ sensitivity: 0 }, { sensitivity: 80 }], null)).toBe(0);
  });

  test("for a zone that is not there is told with the names that are", () => {
    const zones = [{ name: "path" }, { name: "gate" }];
    expect(ruleProblem(zones, [night, { zone: "paht", sensitivity: 5 }])).toBe(
      'rule 2 is for a zone "paht", and the zones are path, gate',
    );
    expect(ruleProblem(zones, [{ zone: "gate", sensitivity: 5 }])).toBe(null);
    expect(ruleProblem([], [{ zone: "everywhere", sensitivity: 5 }])).toBe(null);
  });
});

describe("zones", () => {
  const grid = gridOf({ width: 320, height: 180 });
  const settings: MotionSettings = { sensitivity: 50, zones: [], rules: [night] };

  test("ask for what the rules of the moment say, and are the same until it changes", () => {
    const zones = zonesInForce(grid, settings);
    const day = zones({ light: "bright", minute: at("12:00") });
    expect(zones({ light: "bright", minute: at("12:00") })).toBe(day);
    const dark = zones({ light: "bright", minute: at("23:00") });
    expect([day[0]?.asked, dark[0]?.asked]).toEqual([51, 91]);
    expect(dark[0]?.cells).toBe(day[0]?.cells);
  });

  test("without a moment are as rules without conditions leave them", () => {
    expect(zonesOn(grid, settings)[0]?.asked).toBe(51);
  });
});

describe("the local minute", () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = "Europe/Berlin";
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test("jumps over the hour that is missing, and repeats the one that comes twice", () => {
    const spring = Date.UTC(2026, 2, 29, 0, 59);
    expect([spring, spring + 60_000].map(localMinuteOf)).toEqual([at("01:59"), at("03:00")]);
    const autumn = Date.UTC(2026, 9, 25, 0, 59);
    expect([autumn, autumn + 60_000].map(localMinuteOf)).toEqual([at("02:59"), at("02:00")]);
  });

  test("asked frame by frame is the same", () => {
    const minutes = localMinutes();
    const start = Date.UTC(2026, 9, 25, 0, 58, 59);
    for (let ms = 0; ms < 180_000; ms += 977) expect(minutes(start + ms)).toBe(localMinuteOf(start + ms));
  });
});
