import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoxPx } from "../../../hal/geometry.ts";
import { Decoder } from "../../../models/decode/decoder.ts";
import { overlapOf, suppress } from "../../../models/decode/nms.ts";
import type { Candidate } from "../../../models/decode/candidates.ts";
import { place, type Corners } from "../../../models/input/placement.ts";
import { classifier, detector, manifestOf } from "../manifests.ts";

const frame = { width: 100, height: 80 };

function decode(
  base: object,
  changes: object,
  dims: readonly number[],
  figures: readonly number[],
  region: BoxPx = [10, 10, 20, 20],
) {
  const manifest = manifestOf(base, changes);
  const placement = place(manifest.input, frame, region);
  const main = { dims, data: Float32Array.from(figures) };
  return new Decoder(manifest).decode({ main }, { frame, region, placement });
}

describe("a classifier", () => {
  const labels = {
    labels: ["person", "car", "truck", "cup"],
    map: { person: "person", car: "vehicle", truck: "vehicle" },
  };

  test("gives a region its surest label, with the share of its logits", () => {
    const [found] = decode(classifier, {}, [1, 3], [Math.log(7), Math.log(2), Math.log(1)]);
    expect(found).toMatchObject({ label: "person", score: expect.closeTo(0.7, 5), box: [10, 10, 20, 20] });
    expect(found?.shares?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(found?.shares?.[0]).toBe(found?.score);
  });

  test("adds up what it says of several things that are one to us", () => {
    const output = { decode: "softmax", logits: false };
    const found = decode(classifier, { ...labels, output }, [1, 4], [0.4, 0.3, 0.3, 0]);
    expect(found).toMatchObject([{ label: "vehicle", score: expect.closeTo(0.6, 5) }]);
  });

  test("answers however unsure it is, and calls other what is nothing to us", () => {
    const output = { decode: "softmax", logits: false };
    const unsure = decode(classifier, { ...labels, output }, [1, 4], [0.41, 0.2, 0.2, 0.19]);
    expect(unsure).toMatchObject([{ label: "person", score: expect.closeTo(0.41, 5) }]);
    const foreign = decode(classifier, { ...labels, output }, [1, 4], [0.1, 0.1, 0, 0.8]);
    expect(foreign).toMatchObject([{ label: "other", score: expect.closeTo(0.8, 5) }]);
    expect(decode(classifier, { ...labels, output }, [1, 4], [0, 0, 0, 0])).toEqual([]);
  });

  test("is not thrown by logits as large as figures get", () => {
    expect(decode(classifier, {}, [1, 3], [3e38, -3e38, 0])).toMatchObject([{ label: "person", score: 1 }]);
  });

  test("keeps its box inside the frame, and has none for a region outside", () => {
    expect(decode(classifier, {}, [1, 3], [9, 0, 0], [-5, 70, 20, 30])[0]?.box).toEqual([0, 70, 15, 10]);
    expect(decode(classifier, {}, [1, 3], [9, 0, 0], [110, 0, 20, 30])).toEqual([]);
  });

  test("whose softmax the manifest denies is found out", () => {
    const output = { decode: "softmax", logits: false };
    expect(() => decode(classifier, { output }, [1, 3], [4.2, 0, 0])).toThrow(
      /a score of 4\.200; without logits/u,
    );
  });
});

describe("a detector", () => {
  const yolov8 = { output: { decode: "yolov8", form: "end-to-end" } };
  const row = (score: number, label: number) => [10, 10, 50, 50, score, label];

  test("whose scores are no scores is found out", () => {
    expect(() => decode(detector, yolov8, [1, 1, 6], row(7.5, 0))).toThrow(
      /a score of 7\.500; scores are 0 to 1/u,
    );
  });

  test.each([3, -1, 0.5])("that answers a class %d of three is found out", (label) => {
    expect(() => decode(detector, yolov8, [1, 1, 6], row(0.9, label))).toThrow(
      /class .*; the manifest has 3 labels/u,
    );
  });

  test("that sees something everywhere costs no more than the best thousand", () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [
      at % 400,
      5,
      (at % 400) + 3,
      9,
      0.6 + at / 1e5,
      0,
    ]);
    const found = decode(detector, { ...yolov8, maxFound: 300 }, [1, rows.length, 6], rows.flat());
    expect(found.length).toBeGreaterThan(20);
    expect(found[0]?.score).toBeCloseTo(0.79999, 4);
  });
});

const corners = fc
  .tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .map(([x, y, w, h]): Corners => [x, y, x + w, y + h]);

describe("overlap", () => {
  test("is the share of pixels that both have of those that any has", () => {
    const has = ([left, top, right, bottom]: Corners, x: number, y: number) =>
      x >= left && x < right && y >= top && y < bottom;
    fc.assert(
      fc.property(corners, corners, (a, b) => {
        let [both, any] = [0, 0];
        for (let x = 0; x < 70; x += 1)
          for (let y = 0; y < 70; y += 1) {
            both += has(a, x, y) && has(b, x, y) ? 1 : 0;
            any += has(a, x, y) || has(b, x, y) ? 1 : 0;
          }
        expect(overlapOf(a, b)).toBeCloseTo(both / any, 9);
      }),
      { numRuns: 50 },
    );
  });
});

describe("suppression", () => {
  const candidates = fc.array(
    fc.record({
      label: fc.constantFrom("person" as const, "vehicle" as const),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      corners,
    }),
    { maxLength: 30 },
  );

  test("keeps no two that overlap too much, and drops none without a surer one that does", () => {
    fc.assert(
      fc.property(
        candidates,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (all, iou, acrossLabels) => {
          const sorted = all.toSorted((a, b) => b.score - a.score);
          const kept = suppress(sorted, { iou, acrossLabels, most: 100 });
          const clash = (a: Candidate, b: Candidate) =>
            (acrossLabels || a.label === b.label) && overlapOf(a.corners, b.corners) > iou;
          for (const [at, one] of sorted.entries()) {
            const surer = sorted.slice(0, at).filter((other) => kept.includes(other));
            expect(kept.includes(one)).toBe(!surer.some((other) => clash(other, one)));
          }
        },
      ),
    );
  });
});
