import { describe, expect, test } from "vitest";
import { walkOf } from "../../../daemon/calibration/walk.ts";
import { walkSchema } from "../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { blob, filmOf, noon, tracksOf, type Scene } from "./film.ts";

const drawn: Zones = {
  sensitivity: null,
  rules: [],
  zones: [
    {
      name: "left",
      sensitivity: null,
      polygon: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
        [0, 1],
      ],
    },
    {
      name: "right",
      sensitivity: 30,
      polygon: [
        [0.5, 0],
        [1, 0],
        [1, 1],
        [0.5, 1],
      ],
    },
  ],
};
const settings = { sensitivity: 50, zones: [] };

function walked(scene: Scene, zones: Zones = drawn) {
  const span = { fromWallMs: noon, toWallMs: noon + scene.seconds * 1_000 };
  const tracks = tracksOf(filmOf(scene), { areas: zones.zones, span });
  return walkOf(tracks, { id: "w1", name: "to the door", by: "Ida", notes: [], drawn: zones, settings });
}

/** From left to right within ten seconds from second 5 on; faint at first. */
const across: Scene = {
  seconds: 30,
  levels: (second) => {
    if (second < 5 || second >= 15) return null;
    return blob(second < 6.5 ? 20 : 60, [0.05 + (second - 5) * 0.09, 0.5], [0.1, 0.4]);
  },
};

describe("a walk", () => {
  test("says when it was first seen and how late", () => {
    expect(walked(across)).toMatchObject({
      seen: true,
      firstStirWallMs: noon + 5_000,
      firstSeenWallMs: noon + 6_500,
      delayMs: 1_500,
    });
  });

  test("says of every zone whether it saw, since when, and how clearly", () => {
    const { perZone, seenFrac } = walked(across);
    expect(perZone).toEqual([
      { name: "left", seen: true, firstSeenWallMs: noon + 6_500, bestScore: 128 },
      { name: "right", seen: false, firstSeenWallMs: null, bestScore: expect.any(Number) },
    ]);
    expect(perZone[1]?.bestScore).toBeLessThan(100);
    expect(seenFrac).toBeCloseTo(0.4, 1); // 6.5 to 10.5 of 5 to 15
  });

  test("has its path, at most ten places a second, seen or not", () => {
    const { path } = walked(across);
    expect(path.length).toBe(100);
    expect(path[0]).toMatchObject({ wallMs: noon + 5_000, seen: false, level: 20 });
    expect(path[0]?.at[0]).toBeLessThan(0.15);
    expect(path.at(-1)?.at[0]).toBeGreaterThan(0.85);
    expect(path.some(({ seen }) => seen)).toBe(true);
  });

  test("an insect some seconds before is no part of it", () => {
    const withInsect: Scene = {
      ...across,
      levels: (second) => (second === 1 ? blob(30, [0.2, 0.2], [0.1, 0.1]) : across.levels(second)),
    };
    expect(walked(withInsect).firstStirWallMs).toBe(noon + 5_000);
  });

  test("that nobody saw has a first stir and no delay", () => {
    const faint = walked({ seconds: 10, levels: () => blob(10, [0.3, 0.5], [0.1, 0.4]) });
    expect(faint).toMatchObject({ seen: false, firstSeenWallMs: null, delayMs: null, seenFrac: 0 });
    expect(faint.firstStirWallMs).toBe(noon);
  });

  test("where nothing moved has an empty path", () => {
    const none = walked({ seconds: 10, levels: () => null, light: () => "infrared" });
    expect(none).toMatchObject({ seen: false, firstStirWallMs: null, path: [], light: "infrared" });
  });

  test("of an hour has the shape that the API promises", () => {
    const long = walked({ seconds: 3_600, levels: () => blob(60, [0.3, 0.5], [0.1, 0.4]) });
    expect(() => walkSchema.parse(long)).not.toThrow();
    expect(long.path.length).toBeGreaterThan(5_000);
  });
});
