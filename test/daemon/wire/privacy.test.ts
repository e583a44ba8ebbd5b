/** Privacy now: when it is over, who opens it, and what a wall clock has to say in it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  closedAnew,
  closers,
  countedAnew,
  isClosed,
  leftMs,
  longestClosedMs,
  mayOpen,
  privacyFileSchema,
  waitsForClock,
  type Closure,
  type Now,
} from "../../../daemon/wire/privacy.ts";

const hourMs = 3_600_000;
const start: Now = { boot: "boot-a", ms: 5_000, wallMs: Date.UTC(2026, 5, 1) };
const later = (ms: number, change: Partial<Now> = {}): Now => ({
  ...start,
  ms: start.ms + ms,
  wallMs: start.wallMs + ms,
  ...change,
});
const forAnHour = closedAnew(null, { by: "member", name: "Ben", forMs: hourMs }, start);
const forGood = closedAnew(null, { by: "member", name: "Ben", forMs: null }, start);

test("it is over when its time has run, to the millisecond, or never by itself", () => {
  expect([hourMs - 1, hourMs, 2 * hourMs].map((ms) => isClosed(forAnHour, later(ms)))).toEqual([
    true,
    false,
    false,
  ]);
  expect(isClosed(forGood, later(1_000 * hourMs))).toBe(true);
  expect(isClosed(null, start)).toBe(false);
});

test("no step of the wall clock opens it before its running time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: hourMs - 1 }),
      fc.array(fc.integer({ min: 0, max: 2e12 }), { maxLength: 5 }),
      fc.boolean(),
      (ranMs, walls, trusted) => {
        let closure = forAnHour;
        for (const wallMs of walls) closure = countedAnew(closure, later(ranMs, { wallMs }), trusted);
        expect(isClosed(closure, later(ranMs))).toBe(true);
        expect(isClosed(closure, later(hourMs))).toBe(false);
      },
    ),
  );
});

test("after another start it stays closed until the clock is believed, and then for what is left", () => {
  const booted: Now = { boot: "boot-b", ms: 10, wallMs: start.wallMs + hourMs / 2 };
  expect([waitsForClock(forAnHour, booted), leftMs(forAnHour, booted)]).toEqual([true, Infinity]);
  const early = countedAnew(forAnHour, { ...booted, wallMs: 0 }, false);
  expect(leftMs(early, { ...booted, ms: 1_000 * hourMs })).toBe(Infinity);
  const believed = countedAnew(early, booted, true);
  expect([waitsForClock(believed, booted), leftMs(believed, booted)]).toEqual([false, hourMs / 2]);
  expect(isClosed(countedAnew(forAnHour, { ...booted, wallMs: start.wallMs + hourMs }, true), booted)).toBe(
    false,
  );
});

test("a clock that was set meanwhile is what the next start counts with", () => {
  // closed by a clock that was a year behind; then it was set right
  const slow = closedAnew(
    null,
    { by: "owner", name: null, forMs: hourMs },
    { ...start, wallMs: start.wallMs - 365 * 24 * hourMs },
  );
  const set = countedAnew(slow, later(60_000), true);
  const booted: Now = { boot: "boot-b", ms: 0, wallMs: start.wallMs + 120_000 };
  expect(leftMs(countedAnew(set, booted, true), booted)).toBe(hourMs - 120_000);
});

test("where the kernel does not say which start this is, time opens nothing", () => {
  const nowhere = { ...start, boot: null };
  const closure = closedAnew(null, { by: "owner", name: null, forMs: hourMs }, nowhere);
  expect(isClosed(countedAnew(closure, nowhere, true), { ...nowhere, ms: 1e12 })).toBe(true);
});

test("a time that a clock far behind would leave is bounded", () => {
  const booted: Now = { boot: "boot-b", ms: 0, wallMs: 0 };
  expect(leftMs(countedAnew(forAnHour, booted, true), booted)).toBe(longestClosedMs);
});

test("who opens must be as near as who closed", () => {
  const opens = closers.map((by) => closers.map((closed) => mayOpen(by, { by: closed })));
  expect(opens).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test("who is farther may close for longer, never shorten and never take over", () => {
  const asked = fc.record({
    by: fc.constantFrom(...closers),
    name: fc.constant(null),
    forMs: fc.option(fc.integer({ min: 1, max: longestClosedMs })),
  });
  fc.assert(
    fc.property(asked, asked, (first, second) => {
      const before: Closure = closedAnew(null, first, start);
      const after = closedAnew(before, second, start);
      const nearer = mayOpen(second.by, before);
      expect(after.by).toBe(nearer ? second.by : first.by);
      expect(leftMs(after, start)).toBeGreaterThanOrEqual(
        nearer ? (second.forMs ?? Infinity) : leftMs(before, start),
      );
      expect(privacyFileSchema.parse({ closure: after })).toEqual({ closure: after });
    }),
  );
});

test("what was over is closed anew by whoever asks", () => {
  expect(closedAnew(forAnHour, { by: "broker", name: null, forMs: null }, later(hourMs))).toMatchObject({
    by: "broker",
    until: null,
  });
});
