import { expect, test } from "vitest";
import { debounceFor, shapeOf } from "../../../../daemon/selftest/checks/press-shape.ts";

/** Alternating from the pressed level on. */
const edges = (times: readonly number[], first = true) =>
  times.map((atMs, i) => ({ atMs, active: i % 2 === 0 ? first : !first }));

test.each([
  ["a perfect contact", edges([0, 120]), { bounces: 0, burstMs: 0, pauseMs: 0 }, 5],
  ["a sound one", edges([0, 1, 2, 140, 140.5, 141]), { bounces: 4, burstMs: 2, pauseMs: 1 }, 5],
  [
    "one that bounces when it is let go",
    edges([0, 90, 101, 113]),
    { bounces: 2, burstMs: 23, pauseMs: 12 },
    20,
  ],
  ["wired the other way round", edges([0, 2, 3, 150], false), { bounces: 2, burstMs: 3, pauseMs: 2 }, 5],
  ["still held at the end", edges([0, 4, 9]), { bounces: 1, burstMs: 5, pauseMs: 5 }, 10],
  ["nothing", [], { bounces: 0, burstMs: 0, pauseMs: 0 }, 5],
])("%s", (_what, wave, shape, debounceMs) => {
  expect(shapeOf(wave)).toEqual(shape);
  expect(debounceFor(shapeOf(wave))).toBe(debounceMs);
});
