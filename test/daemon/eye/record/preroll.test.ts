import fc from "fast-check";
import { expect, test } from "vitest";
import { Preroll } from "../../../../daemon/eye/record/preroll.ts";
import { units } from "./units.ts";

const fiveSeconds = { durationUs: 5_000_000, maxBytes: 1_000_000 };

test("gives the GOPs that reach back five seconds, from a keyframe", () => {
  const preroll = new Preroll(fiveSeconds);
  for (const unit of units({ count: 200 })) preroll.push(unit);
  const now = 199 * 66_667;
  const held = preroll.since(now);
  expect(held[0]?.keyframe).toBe(true);
  expect(now - (held[0]?.ptsUs ?? 0)).toBeGreaterThanOrEqual(5_000_000);
  expect(now - (held[0]?.ptsUs ?? 0)).toBeLessThan(6_100_000);
  expect(held.at(-1)?.ptsUs).toBe(now);
});

test("an early event gets what there is", () => {
  const preroll = new Preroll(fiveSeconds);
  for (const unit of units({ count: 20 })) preroll.push(unit);
  expect(preroll.since(19 * 66_667)).toHaveLength(20);
});

test("leaves out GOPs that the clip before already has", () => {
  const preroll = new Preroll(fiveSeconds);
  for (const unit of units({ count: 60 })) preroll.push(unit);
  const done = 40 * 66_667;
  expect(preroll.since(59 * 66_667, done)[0]?.ptsUs).toBe(30 * 66_667);
});

test("units before any keyframe are dropped and counted", () => {
  const preroll = new Preroll(fiveSeconds);
  for (const unit of units({ count: 20 }).slice(5)) preroll.push(unit);
  expect(preroll.dropped).toBe(10);
  expect(preroll.since(Infinity)[0]?.keyframe).toBe(true);
});

test("one GOP larger than the bound is dropped and the next keyframe starts anew", () => {
  const preroll = new Preroll({ durationUs: 5_000_000, maxBytes: 1_000 });
  for (const unit of units({ count: 15, bytes: 100 })) preroll.push(unit);
  expect(preroll.dropped).toBeGreaterThan(0);
  expect(preroll.bytes).toBeLessThanOrEqual(1_000);
});

test("never starts off a keyframe, never exceeds its bytes, never reorders", () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()), { maxLength: 200 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 5_000 }), (frames, maxBytes) => {
      const preroll = new Preroll({ durationUs: 1_000_000, maxBytes });
      frames.forEach(([bytes, keyframe], i) => {
        preroll.push({ data: new Uint8Array(bytes), ptsUs: i * 66_667, durationUs: 66_667, keyframe });
        const held = preroll.since(i * 66_667);
        expect(held[0]?.keyframe ?? true).toBe(true);
        expect(held.reduce((sum, unit) => sum + unit.data.length, 0)).toBeLessThanOrEqual(maxBytes);
        expect(held.map((unit) => unit.ptsUs)).toEqual(held.map((unit) => unit.ptsUs).sort((a, b) => a - b));
      });
    }),
    { numRuns: 200 },
  );
});
