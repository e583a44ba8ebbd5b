/**
 * One test per cause of a false alarm or a miss that real clips have shown.
 */
import { describe, expect, test } from "vitest";
import { empty, fired, hash, noise, play, wall, type Luma } from "./scene.ts";

const size = { width: 160, height: 90 };

/** Foliage: clumps of leaves that the wind bends now and then, each for a while, by so many pixels. */
const tree =
  (wind: (frame: number) => number): Luma =>
  (x, y, f) => {
    if (x < 80 || y > 60) return empty(x, y, f);
    const clump = (x >> 4) + 10 * (y >> 3);
    const turn = f / 10 + hash(clump, 1, 1);
    const pose = (n: number): number => (hash(clump, n, 2) < 0.75 ? 0 : 2 * hash(clump, n, 6) - 1);
    const [from, to] = [pose(Math.floor(turn)), pose(Math.floor(turn) + 1)];
    const at = (x + wind(f) * (from + Math.min(1, ((turn % 1) * 10) / 6) * (to - from))) / 2;
    const leaf = (n: number): number => hash(n, y >> 1, 4);
    const between = at - Math.floor(at);
    const shade = leaf(Math.floor(at)) * (1 - between) + leaf(Math.floor(at) + 1) * between;
    return 60 + 50 * shade + 2 * noise(x, y, f);
  };
/** A breeze, and from frame 110 on a gust. */
const windy = tree((f) => (f < 110 ? 4 : 9));
const walker: Luma = (x, y, f) => {
  const from = (f - 150) * 2.5;
  const there = f >= 150 && x >= from && x < from + 12 && y >= 35 && y < 75;
  return there ? 150 + 40 * hash((x - from) >> 2, y >> 2, 7) + 2 * noise(x, y, f) : windy(x, y, f);
};

describe("branches", () => {
  test("that sway all the time stay quiet in a gust", () => {
    expect(fired(play({ ...size, luma: windy, frames: 220 }))).toEqual([]);
  });

  test("hide nobody who walks before them", () => {
    const seen = fired(play({ ...size, luma: walker, frames: 215 }));
    expect(seen[0]).toBeLessThanOrEqual(158);
    expect(seen.filter((f) => f >= 185 && f < 210).length).toBe(25); // all of it before the tree
  });
});

test("the place from which something was taken is let go within two seconds", () => {
  const taken: Luma = (x, y, f) => {
    const hand = f >= 30 && f < 48 && x >= 40 && x < 60 && y < (f < 39 ? f - 30 : 48 - f) * 6;
    if (hand) return 190 + 2 * noise(x, y, f);
    const box = f < 40 && x >= 40 && x < 58 && y >= 40 && y < 70;
    return (box ? 60 + 90 * hash(x >> 2, y >> 2, 3) : wall(x, y)) + 2 * noise(x, y, f);
  };
  const seen = fired(play({ ...size, luma: taken, frames: 120 }));
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.at(-1)).toBeLessThan(48 + 30);
});

describe("a body right before the lens, plain and quicker than cells can follow,", () => {
  /** A dull picture: gravel, not far from the noise. */
  const dull: Luma = (x, y, f) => 90 + 40 * hash(x >> 1, y >> 1, 8) + 2 * noise(x, y, f);
  const coat =
    (edge: (frame: number) => number): Luma =>
    (x, y, f) =>
      x < edge(f) ? 52 + noise(x, y, f) : dull(x, y, f);

  test.each([
    ["in half a second", 18],
    ["in a second and a half", 6],
  ])("fires when it comes %s", (_how, speed) => {
    const luma = coat((f) => Math.min(150, (f - 40) * speed));
    const [first = 999] = fired(play({ ...size, luma, frames: 75 }));
    expect(first).toBeGreaterThanOrEqual(40);
    expect(first).toBeLessThanOrEqual(40 + Math.ceil(150 / speed));
  });

  test("fires when it leaves again", () => {
    const luma = coat((f) => (f < 40 ? (f - 30) * 15 : 150 - Math.max(0, f - 58) * 12));
    const seen = fired(play({ ...size, luma, frames: 72 }));
    expect(seen.filter((f) => f >= 59).length).toBeGreaterThan(3);
  });

  test("is not seen in a lamp, however much it changes", () => {
    const luma: Luma = (x, y, f) => dull(x, y, f) * (f < 40 ? 1 : x < (f - 40) * 12 ? 0.45 : 1);
    const lamp: Luma = (x, y, f) => luma(x, y, f < 50 ? f : 70);
    expect(fired(play({ ...size, luma: lamp, frames: 90 }))).toEqual([]);
  });
});

describe("another picture from one frame to the next, with noise of its own,", () => {
  const night: Luma = (x, y, f) => wall(x, y, 2) * 0.8 + 8 * noise(x, y, f);
  const switching: Luma = (x, y, f) => (f < 40 ? empty(x, y, f) : night(x, y, f));
  const visitor: Luma = (x, y, f) => {
    const from = (f - 75) * 2.5;
    const there = f >= 75 && x >= from && x < from + 16 && y >= 30 && y < 80;
    return there ? 30 + 220 * hash((x - from) >> 1, y >> 2, 6) + 5 * noise(x, y, f) : switching(x, y, f);
  };

  test("is night vision: quiet", () => {
    expect(fired(play({ ...size, luma: switching, frames: 120 }))).toEqual([]);
  });

  test("hides nobody who comes two seconds later", () => {
    const [first = 999] = fired(play({ ...size, luma: visitor, frames: 110 }));
    expect(first).toBeGreaterThanOrEqual(75);
    expect(first).toBeLessThanOrEqual(85);
  });
});
