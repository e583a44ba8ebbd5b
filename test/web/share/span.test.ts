import fc from "fast-check";
import { expect, test } from "vitest";
import { between, boundsOf, endAt, lengthOf, moved, startAt, type Span } from "../../../web/share/span.ts";

const minute = { fromMs: 0, toMs: 60_000 };

test.each([
  [null, 12_400, { fromMs: 12_000, toMs: 17_000 }],
  [{ fromMs: 1_000, toMs: 20_000 }, 12_400, { fromMs: 12_000, toMs: 20_000 }],
  [{ fromMs: 1_000, toMs: 5_000 }, 12_400, { fromMs: 12_000, toMs: 17_000 }],
  [null, 58_900, { fromMs: 58_000, toMs: 60_000 }],
  [null, 60_000, { fromMs: 59_000, toMs: 60_000 }],
])("with %j chosen, 'Start here' at %d ms chooses %j", (span, at, chosen) => {
  expect(startAt(span, at, minute)).toEqual(chosen);
});

test.each([
  [null, 12_400, { fromMs: 8_000, toMs: 13_000 }],
  [{ fromMs: 1_000, toMs: 5_000 }, 12_400, { fromMs: 1_000, toMs: 13_000 }],
  [{ fromMs: 20_000, toMs: 25_000 }, 12_400, { fromMs: 8_000, toMs: 13_000 }],
  [null, 300, { fromMs: 0, toMs: 1_000 }],
])("with %j chosen, 'End here' at %d ms chooses %j", (span, at, chosen) => {
  expect(endAt(span, at, minute)).toEqual(chosen);
});

test("an edge moves by seconds and stops a second before the other", () => {
  const span = { fromMs: 10_000, toMs: 12_000 };
  expect(moved(span, { edge: "from", toMs: 9_000 }, minute)).toEqual({ fromMs: 9_000, toMs: 12_000 });
  expect(moved(span, { edge: "from", toMs: 30_000 }, minute)).toEqual({ fromMs: 11_000, toMs: 12_000 });
  expect(moved(span, { edge: "to", toMs: 0 }, minute)).toEqual({ fromMs: 10_000, toMs: 11_000 });
});

test("a finger draws in both directions", () => {
  expect(between(4_300, 8_800, minute)).toEqual(between(8_800, 4_300, minute));
  expect(between(4_300, 8_800, minute)).toEqual({ fromMs: 4_000, toMs: 9_000 });
});

test.each([
  [null, { fromMs: 0, toMs: 30_000 }],
  [
    { from: 90_000, to: 110_000 },
    { fromMs: 0, toMs: 10_000 },
  ],
  [
    { from: 105_500, to: 400_000 },
    { fromMs: 5_500, toMs: 30_000 },
  ],
  [{ from: 130_000, to: 140_000 }, null],
  [{ from: 10_000, to: 100_000 }, null],
])("of 30 s from 100 s on, the window %j leaves %j", (window, bounds) => {
  expect(boundsOf({ startWallMs: 100_000, lengthMs: 30_000 }, window)).toEqual(bounds);
});

const ms = fc.integer({ min: -5_000, max: 200_000 });
const boundsOfAny = fc
  .tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 90_000 }))
  .map(([fromMs, length]): Span => ({ fromMs, toMs: fromMs + length }));

test("whatever is pressed and dragged, the choice stays inside its bounds and is never nothing", () => {
  const edit = fc.tuple(fc.constantFrom("start", "end", "from", "to"), ms);
  fc.assert(
    fc.property(boundsOfAny, fc.array(edit, { minLength: 1, maxLength: 12 }), (bounds, edits) => {
      let span: Span | null = null;
      for (const [what, at] of edits) {
        if (what === "start") span = startAt(span, at, bounds);
        else if (what === "end") span = endAt(span, at, bounds);
        else if (span !== null)
          span = moved(span, { edge: what === "from" ? "from" : "to", toMs: at }, bounds);
        if (span === null) continue;
        expect(span.fromMs).toBeGreaterThanOrEqual(bounds.fromMs);
        expect(span.toMs).toBeLessThanOrEqual(bounds.toMs);
        expect(lengthOf(span)).toBeGreaterThanOrEqual(Math.min(1_000, lengthOf(bounds)));
      }
    }),
  );
});
