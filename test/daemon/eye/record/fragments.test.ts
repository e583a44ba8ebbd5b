import fc from "fast-check";
import { expect, test } from "vitest";
import { FragmentCutter, type Run } from "../../../../daemon/eye/record/fragments.ts";
import type { EncodedUnit } from "../../../../hal/encoder.ts";
import { units } from "./units.ts";

function cut(all: readonly EncodedUnit[], maxUs = 2_000_000): Run[] {
  const cutter = new FragmentCutter(maxUs);
  const runs = all.map((unit) => cutter.push(unit)).filter((run) => run !== null);
  const rest = cutter.finish();
  return rest === null ? runs : [...runs, rest];
}

test("one-second GOPs become fragments of two", () => {
  const runs = cut(units({ count: 75, fps: 10, gopFrames: 10 }));
  expect(runs.map((run) => run.units.length)).toEqual([20, 20, 20, 15]);
  expect(runs.every((run) => run.units[0]?.keyframe)).toBe(true);
});

test("a GOP longer than the bound is cut between frames", () => {
  const runs = cut(units({ count: 50, fps: 5, gopFrames: 50 }));
  expect(runs.map((run) => run.units.length)).toEqual([10, 10, 10, 10, 10]);
});

test("every unit comes out once, in order, in fragments no longer than the bound", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 900_000 }), fc.boolean()), { maxLength: 80 });
  fc.assert(
    fc.property(steps, (frames) => {
      let ptsUs = 0;
      const all = frames.map(([durationUs, keyframe], i): EncodedUnit => {
        const unit = { data: new Uint8Array(1), ptsUs, durationUs, keyframe: keyframe || i === 0 };
        ptsUs += durationUs;
        return unit;
      });
      const runs = cut(all);
      expect(runs.flatMap((run) => run.units)).toEqual(all);
      for (const { units: run } of runs) {
        const last = run.at(-1);
        expect((last?.ptsUs ?? 0) + (last?.durationUs ?? 0) - (run[0]?.ptsUs ?? 0)).toBeLessThanOrEqual(
          2_000_000,
        );
      }
    }),
  );
});
