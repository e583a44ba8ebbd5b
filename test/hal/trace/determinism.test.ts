/**
 * A trace replays to what was recorded, on any machine, whatever the wire did.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Moment } from "../../../hal/trace/format.ts";
import { recordWiggles, replayed, traceOf } from "./rigs.ts";

/** Bounces in fractions of a millisecond, rests of seconds, and levels that repeat (an overrun). */
const wiggles = fc.array(
  fc.record({
    gapMs: fc.oneof(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 3_000_000 }).map((us) => us / 1_000),
    ),
    active: fc.boolean(),
  }),
  { maxLength: 30 },
);
const debounces = fc.constantFrom(0, 5, 20, 50);

test("whatever the edges, the replay gives the presses that the driver gave, at their first edges", async () => {
  await fc.assert(
    fc.asyncProperty(wiggles, debounces, async (edges, debounceMs) => {
      const { bytes, presses } = await recordWiggles(edges, { debounceMs });
      const { played, differences, state } = await replayed(bytes);
      expect(state).toBe("complete");
      expect(played.map(({ atNs }) => atNs)).toEqual(presses);
      expect(differences).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("a replay gives the same bytes every time, in whatever pieces the file comes", async () => {
  await fc.assert(
    fc.asyncProperty(wiggles, async (edges) => {
      const { bytes } = await recordWiggles(edges);
      const [once, again] = [await replayed(bytes), await replayed(bytes)];
      expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("another debounce shows what would have been pressed, and compares nothing", async () => {
  const chatter = [100, 8, 8, 8, 8, 300].map((gapMs, index) => ({ gapMs, active: index % 2 === 0 }));
  const { bytes } = await recordWiggles(chatter, { debounceMs: 20 });
  const asRecorded = await replayed(bytes);
  const hasty = await replayed(bytes, { debounceMs: 5 });
  expect([asRecorded.played.length, hasty.played.length]).toEqual([1, 3]);
  expect([asRecorded.differences, hasty.differences]).toEqual([[], null]);
  expect(asRecorded.lines[0]).toMatchObject({ edges: 6, outcomes: 1, longestBurstMs: 32 });
});

test("what had settled when its line was lost is told, what had not is not", async () => {
  const edge = (atMs: number, line: string): Moment => ({
    type: "edge",
    atNs: atMs * 1e6,
    line,
    active: true,
  });
  const moments: Moment[] = [
    edge(1_000, "pir"),
    { type: "outcome", atNs: 1e9, line: "pir", active: true },
    edge(5_990, "button"),
    { type: "lost", atNs: 6e9, line: "button", fault: "unavailable" },
    { type: "lost", atNs: 6e9, line: "pir", fault: "unavailable" },
    { type: "opened", atNs: 8e9, line: "pir", active: false },
  ];
  const { played, differences } = await replayed(traceOf(moments));
  expect(played).toEqual([{ type: "level", atNs: 1e9, line: "pir", active: true }]);
  expect(differences).toEqual([]);
});
