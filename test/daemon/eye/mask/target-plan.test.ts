import fc from "fast-check";
import { expect, test } from "vitest";
import { TargetPlans } from "../../../../daemon/eye/mask/target-plan.ts";
import type { PlaneSpans } from "../../../../daemon/policy/opening.ts";

const plane = (stride: number, height: number) => ({
  data: new Uint8Array(stride * height + 7),
  stride,
  width: stride,
  height,
});

/** Rows of ascending, disjoint spans. */
const openings = fc
  .record({ width: fc.integer({ min: 1, max: 400 }), height: fc.integer({ min: 1, max: 40 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.uniqueArray(fc.nat(width), { maxLength: 8 }), { minLength: height, maxLength: height })
      .map((rows): PlaneSpans => {
        const cuts = rows.map((row) => {
          const sorted = row.toSorted((a, b) => a - b);
          return sorted.slice(0, sorted.length - (sorted.length % 2));
        });
        const starts = Int32Array.from([0, ...cuts.map((_, y) => cuts.slice(0, y + 1).flat().length)]);
        return { width, height, starts, spans: Int32Array.from(cuts.flat()) };
      }),
  );

test("blanked and copied together are every byte, padding and what follows the rows included", () => {
  fc.assert(
    fc.property(openings, fc.nat(40), (spans, padding) => {
      const target = plane(spans.width + padding, spans.height);
      const { starts, blanks } = new TargetPlans(spans).of(target);
      for (let i = 0; i < blanks.length; i += 2) target.data.fill(1, blanks[i], blanks[i + 1]);
      starts.forEach((start, i) => {
        const length = (spans.spans[2 * i + 1] ?? 0) - (spans.spans[2 * i] ?? 0);
        target.data.fill(2, start, start + length);
      });
      expect(target.data.includes(0)).toBe(false);
    }),
  );
});

test("a picture that is wholly visible is not blanked first, but for what lies around it", () => {
  const spans = { width: 4_096, height: 3, starts: Int32Array.of(0, 2, 4, 6) };
  const all = { ...spans, spans: Int32Array.of(0, 4_096, 0, 4_096, 0, 4_096) };
  const { blanks } = new TargetPlans(all).of(plane(4_100, 3));
  expect([...blanks]).toEqual([4_096, 4_100, 8_196, 8_200, 12_296, 12_307]);
});

test("memory of another stride gets a plan of its own", () => {
  const all = { width: 8, height: 2, starts: Int32Array.of(0, 2, 4), spans: Int32Array.of(0, 8, 0, 8) };
  const plans = new TargetPlans(all);
  expect([...plans.of(plane(8, 2)).starts]).toEqual([0, 8]);
  expect([...plans.of(plane(12, 2)).starts]).toEqual([0, 12]);
});
