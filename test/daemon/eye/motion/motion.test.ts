import { describe, expect, test } from "vitest";
import { empty, fired, hash, noise, play, wall, type Luma } from "./scene.ts";

/** A textured box with its left edge where `left` says. */
const box =
  (left: (frame: number) => number): Luma =>
  (x, y, frame) => {
    const from = left(frame);
    if (x < from || x >= from + 20 || y < 60 || y >= 120) return empty(x, y, frame);
    return 60 + 30 * hash(Math.floor((x - from) / 4), y >> 2, 5) + 2 * noise(x, y, frame);
  };
const walker = box((frame) => (frame < 40 ? -99 : (frame - 40) * 4 - 20));
const lit =
  (light: (frame: number, x: number, y: number) => number): Luma =>
  (x, y, frame) =>
    empty(x, y, frame) * light(frame, x, y);

/** Somebody in the middle whose outline has half the width `size(frame)`, with or without texture. */
const approach =
  (speed: number, texture: number): Luma =>
  (x, y, frame) => {
    const size = frame < 40 ? -1 : (frame - 40) * speed + 8;
    if (Math.abs(x - 160) >= size / 2 || y <= 100 - size) return empty(x, y, frame);
    const detail = hash(Math.floor(((x - 160) * 24) / size), Math.floor(((y - 100) * 24) / size), 9);
    return 45 + texture * detail + 2 * noise(x, y, frame);
  };

describe("what moves is seen", () => {
  test("a walker is found within 300 ms, and its box is where it walks", () => {
    const results = play({ luma: walker, frames: 90 });
    const [first = 999] = fired(results);
    expect(first).toBeGreaterThanOrEqual(40);
    expect(first).toBeLessThanOrEqual(40 + 7); // the first whole column shows a frame or two later
    const [x, y, w, h] = results[60]?.boxes[0] ?? [0, 0, 0, 0];
    expect(x).toBeLessThanOrEqual(70);
    expect(x + w).toBeGreaterThanOrEqual(70);
    expect(y).toBeGreaterThanOrEqual(40);
    expect(y + h).toBeLessThanOrEqual(140);
  });

  test.each([
    ["slowly", 3, 50],
    ["quickly", 12, 50],
    ["running", 20, 40],
    ["slowly, in plain dark clothes", 3, 0],
    ["quickly, in plain dark clothes", 12, 0],
  ])("somebody who comes up to the lens %s and fills the picture fires", (_how, speed, texture) => {
    const seen = fired(play({ luma: approach(speed, texture), frames: 75 }));
    expect(seen[0]).toBeGreaterThanOrEqual(40);
    expect(seen[0]).toBeLessThanOrEqual(52);
  });

  test("a hand that covers the lens in half a second fires", () => {
    const hand: Luma = (x, y, f) => (y < (f - 40) * 20 ? 12 + noise(x, y, f) : empty(x, y, f));
    expect(fired(play({ luma: hand, frames: 60 })).length).toBeGreaterThan(0);
  });

  test("somebody who stands still after walking up is held while he breathes, then let go", () => {
    const man: Luma = (x, y, f) => {
      const breath = f < 150 ? Math.round(1.5 * Math.sin(f / 3)) : 0;
      return box((frame) => Math.min(140, (frame - 40) * 4) + breath)(x, y, f);
    };
    const seen = fired(play({ luma: man, frames: 260 }));
    expect(seen.filter((f) => f >= 60 && f < 150).length).toBeGreaterThan(80);
    expect(seen.at(-1)).toBeLessThan(150 + 45);
  });

  test("a walker is found again after the light was switched", () => {
    const luma: Luma = (x, y, f) => walker(x, y, f - 60) * (f < 40 ? 1 : 1.5);
    expect(fired(play({ luma, frames: 160 }))[0]).toBeGreaterThanOrEqual(100);
  });
});

describe("what is not movement stays quiet", () => {
  const nothing: Record<string, Luma> = {
    "sensor noise": empty,
    "heavy noise in the dark": (x, y, f) => 40 + 0.2 * wall(x, y) + 12 * noise(x, y, f),
    "a lamp switched on": lit((f) => (f < 40 ? 1 : 1.5)),
    "a lamp switched off": lit((f) => (f < 40 ? 1 : 0.5)),
    "exposure that runs down within a second": lit((f) => Math.min(1, Math.max(0.3, 1 - (f - 40) / 15))),
    dawn: lit((f) => 1 + f / 150),
    "flicker from frame to frame": lit((f) => 1 + 0.1 * (f % 2)),
    "flicker that beats": lit((f) => 1 + 0.15 * Math.sin(f * 2.1)),
    "a cloud's soft shadow": lit((f, x) => 1 - 0.4 / (1 + Math.exp((x - (f - 40) * 6) / 12))),
    "headlights sweeping over the dark": lit((f, x, y) => {
      const away = ((x - (f - 40) * 8) / 60) ** 2 + ((y - 90) / 60) ** 2;
      return 0.3 + (f > 40 ? 1.5 * Math.exp(-away) : 0);
    }),
    "one cell gone mad": (x, y, f) =>
      x >= 100 && x < 107 && y >= 80 && y < 87 ? 255 * hash(f, 1, 1) : empty(x, y, f),
    "day vision switched to night vision": (x, y, f) =>
      f < 40 ? empty(x, y, f) : wall(x, y, 2) + 3 * noise(x, y, f),
    "a mast that shakes the camera": (x, y, f) =>
      wall(x + Math.round(Math.sin(f * 1.3)), y) + 2 * noise(x, y, f),
    "something that is suddenly there and stays": (x, y, f) =>
      f >= 40 && x > 100 && x < 140 && y > 80 && y < 120 ? 200 * hash(x >> 3, y >> 3, 4) : empty(x, y, f),
    "an insect past the lens": (x, y, f) => {
      const away = ((x - (f - 40) * 34) / 12) ** 2 + ((y - 90 - 30 * Math.sin(f)) / 5) ** 2;
      return empty(x, y, f) + (f > 40 ? 120 * Math.exp(-away) : 0);
    },
    black: () => 0,
    white: () => 255,
    "a frozen picture": (x, y) => wall(x, y) + 2 * noise(x, y, 0),
  };

  test.each(Object.entries(nothing))("%s", (_name, luma) => {
    expect(fired(play({ luma, frames: 110 }))).toEqual([]);
  });

  test("the first second, whatever moves in it", () => {
    const early = fired(play({ luma: box((frame) => frame * 6), frames: 40 }));
    expect(early.filter((frame) => frame < 15)).toEqual([]);
  });
});

describe("any picture", () => {
  test.each([
    [1, 1],
    [2, 1],
    [1, 9],
    [7, 5],
    [161, 91],
    [90, 160],
  ])("of %d x %d pixels, rows padded, gives boxes inside it", (width, height) => {
    const luma: Luma = (x, y, f) => (f > 20 ? 255 * hash(x, y, f >> 1) : 90);
    for (const { boxes } of play({ luma, width, height, frames: 40, padding: 5 })) {
      for (const [x, y, w, h] of boxes) {
        expect(Math.min(x, y, width - x - w, height - y - h)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test("of 8K is analysed like any other", () => {
    const results = play({ luma: (x) => x & 127, width: 7680, height: 4320, frames: 2, fps: 2 });
    expect(fired(results)).toEqual([]);
  });

  test("of twice the rate is analysed every other frame and finds the same walker", () => {
    const results = play({ luma: (x, y, f) => walker(x, y, f / 2), frames: 180, fps: 30 });
    expect(results.filter((result) => result.analysed).length).toBe(90);
    expect(fired(results)[0]).toBeLessThanOrEqual(2 * 47);
  });
});
