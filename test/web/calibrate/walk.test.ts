/** The walk test as it goes, and its path. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { pathLines } from "../../../web/calibrate/walk/path.ts";
import {
  delayOf,
  heard,
  mostNotes,
  noted,
  passed,
  silentMs,
  startWalk,
  type Heard,
  type Walking,
} from "../../../web/calibrate/walk/walk.ts";

const still = (wallMs: number): Heard => ({ wallMs, motion: false, zones: [], at: null });
const stirs = (wallMs: number): Heard => ({ wallMs, motion: false, zones: [], at: [0.2, 0.4] });
const moves = (wallMs: number, zone = "Path"): Heard => ({
  wallMs,
  motion: true,
  zones: [zone],
  at: [wallMs / 10_000, 0.5],
});
const after = (...units: readonly Heard[]): Walking => units.reduce(heard, startWalk(1_000));

test("seen with the first picture that is motion, not seen when none was for a moment", () => {
  expect(after(still(1_100)).sight).toBe("unseen");
  expect(after(still(1_100), moves(1_200))).toMatchObject({ sight: "seen", zones: ["Path"] });
  expect(after(moves(1_200), still(1_300), moves(1_700), still(2_300)).sight).toBe("seen");
  expect(after(moves(1_200), still(1_300), still(1_950)).sight).toBe("unseen");
});

test("without a word it says neither, from the start and after a silence", () => {
  expect(startWalk(1_000).sight).toBe("silent");
  const walk = after(moves(1_200));
  expect(passed(walk, 1_200 + silentMs)).toBe(walk);
  expect(passed(walk, 1_201 + silentMs).sight).toBe("silent");
  expect(heard(passed(walk, 9_000), still(9_000)).sight).toBe("unseen");
});

test("the delay is from the first stir to the first sight", () => {
  expect(delayOf(after(still(1_100), stirs(1_300), moves(1_850), moves(2_000)))).toBe(550);
  expect(delayOf(after(stirs(1_300)))).toBeNull();
});

test("pictures of before the walk are left out", () => {
  expect(after(moves(900))).toEqual(startWalk(1_000));
});

test("notes are bounded", () => {
  let walk = startWalk(0);
  for (let i = 0; i < 2 * mostNotes; i += 1) walk = noted(walk, { wallMs: i, text: "Gate" });
  expect(walk.notes).toHaveLength(mostNotes);
});

test("whatever comes, the path has at most ten steps a second and loses no sight", () => {
  const unit = fc.record({ stepMs: fc.integer({ min: 1, max: 200 }), seen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 200 }), (units) => {
      let [walk, wallMs] = [startWalk(0), 0];
      for (const { stepMs, seen } of units) {
        wallMs += stepMs;
        walk = heard(walk, seen ? moves(wallMs) : stirs(wallMs));
      }
      const times = walk.path.map((step) => step.wallMs);
      for (let i = 1; i < times.length; i += 1)
        expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(100);
      expect(walk.path.some((step) => step.seen)).toBe(units.some(({ seen }) => seen));
    }),
  );
});

test("the path is cut where the answer changes, joined there, and not joined across a pause", () => {
  const at = (wallMs: number, x: number, seen: boolean) => ({ wallMs, at: [x, 0] as const, seen });
  const path = [at(0, 0, false), at(100, 1, false), at(200, 2, true), at(300, 3, true), at(9_000, 7, true)];
  expect(pathLines(path)).toEqual([
    {
      seen: false,
      points: [
        [0, 0],
        [1, 0],
      ],
    },
    {
      seen: true,
      points: [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    },
    { seen: true, points: [[7, 0]] },
  ]);
  expect(pathLines([])).toEqual([]);
});
