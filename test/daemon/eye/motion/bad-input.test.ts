/**
 * Bad input: pictures that say nothing, odd sizes, a camera that stutters or changes its size, times that
 * jump. The answer is clear, and the state stays in order.
 */
import { describe, expect, test } from "vitest";
import { createMotion, type Motion } from "../../../../daemon/eye/motion/motion.ts";
import { Fault } from "../../../../hal/fault.ts";
import type { MaskedFrame } from "../../../../hal/frame.ts";
import { bitsOf, differences } from "./bits.ts";
import {
  defaults,
  empty,
  fired,
  hash,
  maskedFrames,
  motionFor,
  play,
  type Luma,
  type Show,
} from "./scene.ts";

const small = { width: 160, height: 90 };
/** A textured box that walks in after two seconds. */
const walker: Luma = (x, y, f) => {
  const from = (f - 30) * 3 - 20;
  const there = x >= from && x < from + 20 && y >= 30 && y < 70;
  return there ? 60 + 90 * hash((x - from) >> 2, y >> 2, 5) : empty(x, y, f);
};
/** Its frames, kept: the same luma in memory of its own. */
function framesOf(show: Show): MaskedFrame[] {
  return Array.from(maskedFrames(show), (frame) => ({
    ...frame,
    y: { ...frame.y, data: frame.y.data.slice() },
  }));
}
const watch = (motion: Motion, frames: readonly MaskedFrame[]) =>
  frames.map((frame) => {
    const { motion: moved, score, zones, boxes } = motion.handle(frame);
    return { motion: moved, score, zones, boxes };
  });

/** Paths of numbers that are none. */
function notFinite(motion: Motion): string[] {
  const { background, recent } = motion.state;
  const named: [string, Float32Array][] = [
    ...Object.entries(background),
    ["recent", recent[0] ?? expect.fail()],
  ];
  return named.filter(([, values]) => values.some((value) => !Number.isFinite(value))).map(([name]) => name);
}

describe("pictures that say nothing score 0, at every sensitivity, and learning goes on", () => {
  const pictures: Record<string, Luma> = {
    black: () => 0,
    white: () => 255,
    grey: () => 128,
    frozen: (x, y) => empty(x, y, 0),
    "black for two seconds, then white": (_x, _y, f) => (f < 30 ? 0 : 255),
    "black and white in turns": (_x, _y, f) => (f % 2) * 255,
  };
  test.each(Object.entries(pictures))("%s", (_name, luma) => {
    const show: Show = { ...small, luma, frames: 120, settings: { sensitivity: 100, zones: [] } };
    const motion = motionFor(show);
    const results = play(show, motion);
    expect(fired(results)).toEqual([]);
    expect(results.map(({ score }) => score)).toEqual(results.map(() => 0));
    expect(notFinite(motion)).toEqual([]);
    expect(motion.state.pictures).toBe(120);
  });

  test("noise alone, as strong as it can be, never fires at the default", () => {
    const show: Show = { ...small, luma: (x, y, f) => 255 * hash(x, y, f), frames: 150 };
    const motion = motionFor(show);
    expect(fired(play(show, motion))).toEqual([]);
    expect(notFinite(motion)).toEqual([]);
  });

  test("somebody is seen after a minute of black", () => {
    const late: Luma = (x, y, f) => (f < 900 ? 0 : walker(x, y, f - 900));
    const show = { ...small, luma: late, frames: 990 };
    expect(fired(play(show))[0]).toBeGreaterThanOrEqual(900);
  });
});

describe("sizes", () => {
  test.each([
    [1, 1],
    [1, 7],
    [3, 1],
    [17, 13],
    [641, 479],
    [2, 1_999],
    [1_999, 2],
  ])(
    "%d x %d: one level per cell, nothing that is not a number, one frame as good as any",
    (width, height) => {
      const show: Show = {
        width,
        height,
        luma: (x, y, f) => 255 * hash(x, y, f >> 2),
        frames: 40,
        padding: 3,
      };
      const motion = motionFor(show);
      for (const { levels } of play(show, motion))
        expect(levels.length).toBe(motion.grid.cols * motion.grid.rows);
      expect(notFinite(motion)).toEqual([]);
    },
  );

  test("8K: as small a state as any other picture, and somebody is seen", () => {
    const scale = 48;
    const show: Show = {
      width: 7_680,
      height: 4_320,
      fps: 2,
      frames: 9,
      luma: (x, y, f) => walker(Math.floor(x / scale), Math.floor(y / scale), f < 4 ? f : 34 + 4 * f),
    };
    const motion = motionFor(show);
    expect(fired(play(show, motion)).length).toBeGreaterThan(0);
    expect(motion.state.background.mean.length).toBeLessThan(20_000);
  }, 120_000);

  test("another size on the way is refused with both sizes, and the right one goes on", () => {
    const motion = motionFor({ ...small, luma: walker, frames: 0 });
    const frames = framesOf({ ...small, luma: walker, frames: 70 });
    const [wrong] = framesOf({ width: 320, height: 180, luma: walker, frames: 1 });
    watch(motion, frames.slice(0, 40));
    const before = bitsOf(motion.state);
    const kept = new Map([...before].map(([path, bytes]) => [path, Buffer.from(bytes)]));
    expect(() => motion.handle(wrong ?? expect.fail())).toThrow(Fault);
    expect(() => motion.handle(wrong ?? expect.fail())).toThrow("160x90 met a plane of 320x180");
    expect(differences(kept, bitsOf(motion.state))).toEqual([]);
    expect(fired(watch(motion, frames.slice(40))).length).toBeGreaterThan(0);
  });

  test.each([
    [0, 90, 15],
    [160, -1, 15],
    [1.5, 90, 15],
    [160, 90, 0],
    [160, 90, Number.NaN],
    [160, 90, Infinity],
  ])("%d x %d at %d fps is no picture: a clear Fault", (width, height, fps) => {
    expect(() => createMotion({ width, height, fps, settings: defaults })).toThrow(
      /^assertion failed: motion/u,
    );
  });
});

describe("times", () => {
  const show: Show = { ...small, luma: walker, frames: 80 };
  const frames = framesOf(show);
  const plain = watch(motionFor(show), frames);

  test.each<[string, (ptsUs: number, i: number) => number]>([
    ["step back by an hour", (ptsUs, i) => ptsUs - (i < 40 ? 0 : 3_600_000_000)],
    ["jump ahead by a day", (ptsUs, i) => ptsUs + (i < 40 ? 0 : 86_400_000_000)],
    ["stand still", () => 0],
    ["are no numbers", () => Number.NaN],
  ])("that %s change nothing: motion counts pictures", (_how, timeOf) => {
    const jumping = frames.map((frame, i) => ({ ...frame, ptsUs: timeOf(frame.ptsUs, i) }));
    expect(watch(motionFor(show), jumping)).toEqual(plain);
  });

  test("a picture that comes twice or three times now and then hides nobody and shows nobody", () => {
    const stutter = frames.flatMap((frame, i) =>
      Array.from({ length: 1 + (i % 7 === 3 ? 2 : i % 3 === 1 ? 1 : 0) }, () => frame),
    );
    const seen = fired(watch(motionFor(show), stutter)).map((at) =>
      frames.indexOf(stutter[at] ?? expect.fail()),
    );
    const [first = Infinity] = fired(plain);
    expect(seen[0]).toBeGreaterThan(30);
    expect(seen[0]).toBeLessThanOrEqual(first + 2);
    expect(new Set(seen).size).toBeGreaterThanOrEqual(fired(plain).length);
    const nobody = framesOf({ ...show, luma: empty }).flatMap((frame) => [frame, frame, frame]);
    expect(fired(watch(motionFor(show), nobody))).toEqual([]);
  });

  test("a picture that freezes for ten seconds and goes on shows who walks, and nobody else", () => {
    const held = frames[20] ?? expect.fail();
    const frozen = [...frames.slice(0, 20), ...Array.from({ length: 150 }, () => held), ...frames.slice(20)];
    const seen = fired(watch(motionFor(show), frozen));
    expect(seen[0]).toBeGreaterThanOrEqual(170 + 8);
    expect(seen.length).toBeGreaterThan(10);
  });
});
