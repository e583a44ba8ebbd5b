import fc from "fast-check";
import { expect, test } from "vitest";
import { maxItems } from "../../../daemon/consent/parcel.ts";
import { excessOf, leavingSpan, partsOf, piecesIn, sumOf } from "../../../web/share/parts.ts";
import { aClip, noonMs } from "../samples.ts";

const clip = aClip(10); // 20 s

test.each([
  [0, 1_000, [0]],
  [0, 2_000, [0]],
  [1_000, 3_000, [0, 1]],
  [2_000, 4_000, [1]],
  [3_000, 17_000, [1, 2, 3, 4, 5, 6, 7, 8]],
  [19_000, 20_000, [9]],
])("for the seconds from %d to %d the whole pieces %j leave", (fromMs, toMs, indexes) => {
  expect(piecesIn(clip, { fromMs, toMs }).map(({ index }) => index)).toEqual(indexes);
});

test("what leaves covers what was chosen and less than one piece more at each end", () => {
  const second = fc.integer({ min: 0, max: 19 });
  fc.assert(
    fc.property(second, second, (a, b) => {
      const span = { fromMs: Math.min(a, b) * 1_000, toMs: (Math.max(a, b) + 1) * 1_000 };
      const leaves = leavingSpan({ fragments: piecesIn(clip, span) });
      expect(leaves.fromMs).toBeLessThanOrEqual(span.fromMs);
      expect(leaves.toMs).toBeGreaterThanOrEqual(span.toMs);
      expect(span.fromMs - leaves.fromMs).toBeLessThan(2_000);
      expect(leaves.toMs - span.toMs).toBeLessThan(2_000);
    }),
  );
});

test("parts come in the order in which they were recorded, without clips that nobody chose from", () => {
  const later = aClip(5, { id: "clip-2", startWallMs: noonMs + 60_000 });
  const other = aClip(5, { id: "clip-3", startWallMs: noonMs + 90_000 });
  const choice = new Map([
    ["clip-2", { fromMs: 0, toMs: 3_000 }],
    ["clip-1", { fromMs: 5_000, toMs: 9_000 }],
    ["clip-gone", { fromMs: 0, toMs: 1_000 }],
  ]);
  const parts = partsOf(choice, [later, other, clip]);
  expect(parts.map((part) => part.clip.id)).toEqual(["clip-1", "clip-2"]);
  expect(sumOf(parts)).toEqual({ clips: 2, pieces: 5, chosenMs: 7_000, leavingMs: 10_000, bytes: 5_000 });
});

test("nothing chosen is nothing that leaves", () => {
  expect(partsOf(new Map(), [clip])).toEqual([]);
  expect(sumOf([])).toMatchObject({ pieces: 0, bytes: 0 });
});

test.each([
  [maxItems - 2, null],
  [maxItems - 1, "pieces"],
])("letter, init segment and %d pieces: %s", (pieces, excess) => {
  const long = aClip(pieces);
  const choice = new Map([[long.id, { fromMs: 0, toMs: pieces * 2_000 }]]);
  expect(excessOf(partsOf(choice, [long]))).toBe(excess);
});

test("more than 64 recordings at once are too many", () => {
  const clips = Array.from({ length: 65 }, (_, i) => aClip(1, { id: `clip-${i}` }));
  const choice = new Map(clips.map(({ id }) => [id, { fromMs: 0, toMs: 1_000 }]));
  expect(excessOf(partsOf(choice, clips))).toBe("clips");
  expect(excessOf(partsOf(choice, clips.slice(1)))).toBeNull();
});
