/**
 * What the mask hides is worth nothing, whatever happens beside it: heat says so to a page, and the journal
 * keeps no place for it.
 */
import { expect, test } from "vitest";
import { visibleCells } from "../../../../daemon/eye/motion/visible.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import { hash, maskedFrames, motionFor, wall, type Luma, type Show } from "./scene.ts";

const size = { width: 40, height: 22 };
const policy = {
  propertyLine: [
    [0.1, 0.2],
    [0.9, 0.2],
    [0.9, 1],
    [0.1, 1],
  ],
  privacyZones: [],
} as const;

/** Somebody walks along the line's edge, and then the light goes out: that is also what a covered lens looks like. */
const luma: Luma = (x, y, f) => {
  const from = 4 + ((f / 5) % 30);
  const there = f > 15 && x >= from && x < from + 7 && y > 4 && y < 18;
  const seen = wall(x, y, 0) + 3 * (hash(x, y, f) - 0.5);
  return (seen + (there ? 75 * hash(Math.floor(x - from) >> 1, y >> 1, 0) : 0)) / (f >= 30 ? 4 : 1);
};

test("a masked cell beside somebody who covers the lens has no level", () => {
  const show: Show = { ...size, luma, frames: 100, policy };
  const motion = motionFor(show);
  const visible = new Set(visibleCells(size, rasteriseOpening(size, policy).luma));
  const masked = motion.state.judge.worth.map((_, k) => (visible.has(k) ? 0 : 1));
  let covered = 0;
  for (const frame of maskedFrames(show)) {
    const { levels } = motion.handle(frame);
    if (levels.some((level) => level > 0)) covered += 1;
    expect(levels.filter((level, k) => level > 0 && masked[k] === 1)).toHaveLength(0);
  }
  expect(covered).toBeGreaterThan(0);
});
