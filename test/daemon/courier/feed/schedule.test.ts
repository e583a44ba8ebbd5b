import fc from "fast-check";
import { expect, test } from "vitest";
import { roundBeginsMs, startSchedule } from "../../../../daemon/courier/feed/schedule.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";

const hourMs = 3_600_000;

test("the first round begins within five minutes, the others an hour apart, each with its own jitter", async () => {
  const clock = new SimClock();
  const draws = [0.5, 0, 0.999, 0.25];
  const begun: number[] = [];
  const cancel = startSchedule({ everyMs: hourMs, clock, random: () => draws.shift() ?? 0 }, () =>
    begun.push(clock.monoMs()),
  );
  await clock.advance(4 * hourMs - 1);
  cancel();
  await clock.advance(10 * hourMs);
  expect(begun).toEqual([150_000, hourMs, 2 * hourMs + 299_700, 3 * hourMs + 75_000]);
});

test("rounds keep their order and their distance, whatever is drawn", () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 60_000, max: 86_400_000 }),
      fc.nat(10_000),
      draw,
      draw,
      (everyMs, round, a, b) => {
        const gapMs = roundBeginsMs(round + 1, everyMs, b) - roundBeginsMs(round, everyMs, a);
        expect(gapMs).toBeGreaterThan(everyMs * 0.9);
        expect(gapMs).toBeLessThan(everyMs * 1.1);
      },
    ),
  );
});

test("a device that slept through rounds makes none up", async () => {
  const clock = new SimClock();
  let sleptMs = 0;
  const sleeper = {
    wallMs: () => clock.wallMs(),
    every: clock.every.bind(clock),
    after: clock.after.bind(clock),
    monoMs: () => clock.monoMs() + sleptMs,
  };
  let rounds = 0;
  startSchedule({ everyMs: hourMs, clock: sleeper, random: () => 0 }, () => (rounds += 1));
  await clock.advance(hourMs / 2);
  expect(rounds).toBe(1);
  sleptMs = 50.25 * hourMs;
  await clock.advance(hourMs / 2);
  expect(rounds).toBe(2);
  await clock.advance(hourMs);
  expect(rounds).toBe(3);
});
