import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuses, levelFused, pirSayings, seenByBoth, seerOf } from "../../../daemon/sight/fusion.ts";
import { levelAsked, neverLevel } from "../../../daemon/sight/levels.ts";
import {
  longestActiveUs,
  noPir,
  pirSaysAt,
  pirStep,
  type PirState,
} from "../../../daemon/sight/pir-track.ts";

const second = 1_000_000;

describe("the bars of the rules at sensitivity 50", () => {
  test.each([
    ["picture", 51, 51],
    ["either", 51, 0],
    ["both", neverLevel, 51],
    ["pir-wakes-picture", 71, 41],
    ["picture-vetoes-pir", neverLevel, 1],
  ] as const)("%s: %i while the PIR is silent, %i after an edge", (fuse, silent, moved) => {
    expect(levelFused(fuse, 50, "silent")).toBe(silent);
    expect(levelFused(fuse, 50, "moved")).toBe(moved);
  });

  test.each(fuses)("%s: without a PIR the picture alone decides", (fuse) => {
    expect(levelFused(fuse, 50, "unknown")).toBe(levelAsked(50));
  });

  test.each(fuses)("%s: sensitivity 0 never fires, whatever the PIR says", (fuse) => {
    for (const pir of pirSayings) expect(levelFused(fuse, 0, pir)).toBe(neverLevel);
  });
});

test("more sensitivity never asks for more, under any rule", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...fuses),
      fc.constantFrom(...pirSayings),
      fc.integer({ min: 0, max: 99 }),
      (fuse, pir, sensitivity) => {
        const [less, more] = [sensitivity, sensitivity + 1].map((each) => levelFused(fuse, each, pir));
        expect(more).toBeLessThanOrEqual(less ?? 0);
      },
    ),
  );
});

test("who saw it: the picture, the PIR, or both at any moment of it", () => {
  expect([seerOf(true, "unknown"), seerOf(true, "moved"), seerOf(false, "moved")]).toEqual([
    "picture",
    "both",
    "pir",
  ]);
  expect(seenByBoth("picture", "pir")).toBe("both");
  expect(seenByBoth("pir", "pir")).toBe("pir");
});

describe("what the PIR says at a frame", () => {
  const track = (...edges: [PirState, number][]) =>
    edges.reduce((so, [state, atS]) => pirStep(so, state, atS * second), noPir);
  const at = (so: typeof noPir, atS: number) => pirSaysAt(so, atS * second, 2 * second);

  test("nothing before it was heard, then silent, moved while active and for the window after", () => {
    expect(at(noPir, 5)).toBe("unknown");
    expect(at(track(["quiet", 0]), 5)).toBe("silent");
    expect(at(track(["quiet", 0], ["active", 4]), 5)).toBe("moved");
    const fell = track(["quiet", 0], ["active", 4], ["quiet", 6]);
    expect([7, 8, 9].map((atS) => at(fell, atS))).toEqual(["moved", "moved", "silent"]);
  });

  test("an edge that is told late keeps its own time", () => {
    expect(at(track(["active", 1], ["quiet", 2]), 10)).toBe("silent");
  });

  test("a lost sensor is unknown at once, and what it said is forgotten", () => {
    expect(at(track(["active", 1], ["unknown", 2]), 2)).toBe("unknown");
    expect(at(track(["active", 1], ["unknown", 2], ["quiet", 2]), 2)).toBe("silent");
  });

  test("one that is active for longer than any sensor is asked no more until it falls", () => {
    const stuck = track(["active", 0]);
    expect(pirSaysAt(stuck, longestActiveUs, 0)).toBe("moved");
    expect(pirSaysAt(stuck, longestActiveUs + 1, 0)).toBe("unknown");
    const fallen = pirStep(stuck, "quiet", longestActiveUs + second);
    expect(pirSaysAt(fallen, longestActiveUs + 3 * second, second)).toBe("silent");
  });
});
