import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MotionSettings } from "../../../../daemon/sight/zones.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { empty, fired, hash, maskedFrames, motionFor, noise, play, type Luma, type Show } from "./scene.ts";

const settings = (sensitivity: number, zones: MotionSettings["zones"] = []): MotionSettings => ({
  sensitivity,
  zones,
});
const half = (from: number): [number, number][] => [
  [from, 0],
  [from + 0.5, 0],
  [from + 0.5, 1],
  [from, 1],
];

/** A faint or strong box on some path, after two seconds. */
const passer =
  (contrast: number, speed: number, seed: number): Luma =>
  (x, y, f) => {
    const from = (f - 25) * speed;
    const there = f >= 25 && x >= from && x < from + 14 && y >= 30 && y < 62;
    return empty(x, y, f) + (there ? contrast * hash((x - from) >> 2, y >> 2, seed) : 0);
  };
const small = { width: 160, height: 90, frames: 55 };

describe("sensitivity", () => {
  test("0 never fires, and more never loses a motion frame on the same footage", () => {
    const scene = fc.tuple(
      fc.integer({ min: 5, max: 120 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 99 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(scene, ([contrast, speed, seed, levels]) => {
        const show = { ...small, luma: passer(contrast, speed, seed) };
        const steps = [0, ...levels.sort((a, b) => a - b)];
        const motions = steps.map((level) => motionFor({ ...show, settings: settings(level) }));
        // every picture is drawn once and shown to all
        const frames = Array.from(maskedFrames(show), (frame) =>
          motions.map((motion) => motion.handle(frame).motion),
        );
        const sets = steps.map((_, i) => frames.flatMap((moved, n) => (moved[i] === true ? [n] : [])));
        expect(sets[0]).toEqual([]);
        for (let i = 1; i < sets.length; i += 1) {
          expect(sets[i]).toEqual(expect.arrayContaining(sets[i - 1] ?? []));
        }
      }),
      { numRuns: 8 },
    );
  });

  test("low misses a faint passer that high finds", () => {
    const show = { ...small, luma: passer(45, 3, 1) };
    expect(fired(play({ ...show, settings: settings(10) }))).toEqual([]);
    expect(fired(play({ ...show, settings: settings(80) })).length).toBeGreaterThan(10);
  });

  test("a score of 100 is where motion begins", () => {
    for (const { motion, score } of play({ ...small, luma: passer(60, 3, 1) })) {
      expect(motion).toBe(score >= 100);
    }
  });
});

describe("zones", () => {
  const zones = [
    { name: "left", polygon: half(0) },
    { name: "right", polygon: half(0.5), sensitivity: 40 },
  ];
  const luma = passer(90, 3, 1);

  test("none = everywhere", () => {
    const named = play({ ...small, luma }).flatMap((result) => result.zones);
    expect(new Set(named)).toEqual(new Set(["everywhere"]));
  });

  test("name the side on which somebody walks", () => {
    const results = play({ ...small, luma, frames: 70, settings: settings(50, zones) });
    expect(results[36]?.zones).toEqual(["left"]);
    expect(results[69]?.zones).toEqual(["right"]);
  });

  test("of sensitivity 0 or on the other side say nothing", () => {
    const right = [{ name: "right", polygon: half(0.5) }];
    const off = [{ name: "left", polygon: half(0), sensitivity: 0 }];
    expect(fired(play({ ...small, frames: 45, luma, settings: settings(50, right) }))).toEqual([]);
    expect(fired(play({ ...small, frames: 45, luma, settings: settings(50, off) }))).toEqual([]);
  });

  test("smaller than a cell still watch one", () => {
    const dot: [number, number][] = [
      [0.3, 0.5],
      [0.301, 0.5],
      [0.301, 0.501],
    ];
    const show: Show = { ...small, luma, settings: settings(50, [{ name: "dot", polygon: dot }]) };
    expect(fired(play(show)).length).toBeGreaterThan(0);
  });

  test("changed on the way do not lose what was learnt", () => {
    const motion = motionFor({ ...small, luma, settings: settings(50, zones) });
    play({ ...small, luma, frames: 30 }, motion);
    motion.retune(settings(100));
    const next = play({ ...small, frames: 1, luma: (x, y) => luma(x, y, 30) }, motion);
    expect(next[0]?.zones).toEqual(["everywhere"]);
  });
});

describe("the privacy mask", () => {
  const leftOnly = { ...wholePicture, propertyLine: half(0) };

  test("hides what moves behind it, also when the light changes", () => {
    const luma: Luma = (x, y, f) =>
      x >= 80 ? 255 * hash(x >> 3, y >> 3, f >> 2) : empty(x, y, f) * (f % 40 < 20 ? 1 : 1.6);
    expect(fired(play({ ...small, frames: 100, luma, policy: leftOnly }))).toEqual([]);
  });

  test("does not hide what moves in the open half", () => {
    const show = { ...small, luma: passer(90, 3, 1), policy: leftOnly };
    for (const { boxes } of play(show)) for (const [x, , w] of boxes) expect(x + w).toBeLessThanOrEqual(84);
    expect(fired(play(show)).length).toBeGreaterThan(5);
  });
});

describe("determinism", () => {
  const luma: Luma = (x, y, f) => passer(80, 3, 1)(x, y, f) + 6 * noise(x, y, f);

  test("two runs give the same results and the same state", () => {
    const [one, two] = [motionFor({ ...small, luma }), motionFor({ ...small, luma })];
    expect(play({ ...small, luma }, one)).toEqual(play({ ...small, luma }, two));
    expect(one.state).toEqual(two.state);
  });

  test("sensitivity and zones leave no trace in the state", () => {
    const zone = { name: "left", polygon: half(0) };
    const [one, two] = [10, 90].map((level) =>
      motionFor({ ...small, luma, settings: settings(level, level > 50 ? [zone] : []) }),
    );
    for (const motion of [one, two]) play({ ...small, luma }, motion);
    expect(one?.state).toEqual(two?.state);
  });
});
