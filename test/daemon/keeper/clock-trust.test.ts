import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beliefOf,
  ClockTrust,
  firstLook,
  look,
  madeWallMs,
  maxLeapMs,
  settleMs,
  slackMs,
} from "../../../daemon/keeper/clock-trust.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { SimDisk } from "../../world/disk.ts";

const hourMs = 3_600_000;
const start = madeWallMs + 1_000 * hourMs;

test.each([
  ["keeps its pace", 0, "trusted"],
  ["goes back a little", -slackMs, "trusted"],
  ["goes back by more than a minute", -slackMs - 1, "behind"],
  ["leaps ahead a little", maxLeapMs, "trusted"],
  ["leaps ahead by more than an hour", maxLeapMs + 1, "leapt"],
])("a clock that %s", (_, stepMs, belief) => {
  const first = firstLook(0, start, 0);
  expect(beliefOf(look(first, start + hourMs + stepMs, hourMs))).toBe(belief);
  expect(beliefOf(look(first, start + stepMs, 0))).toBe(belief);
});

test("a leap is believed after ten minutes without another one", () => {
  const leapt = look(firstLook(0, start, 0), start + 10 * hourMs, 0);
  const almost = look(leapt, start + 10 * hourMs + settleMs - 1, settleMs - 1);
  expect(beliefOf(almost)).toBe("leapt");
  expect(beliefOf(look(almost, start + 10 * hourMs + settleMs, settleMs))).toBe("trusted");
});

test("a leap that is taken back was never believed", () => {
  const leapt = look(firstLook(0, start, 0), start + 1_000 * hourMs, 0);
  const back = look(leapt, start + settleMs, settleMs);
  expect(beliefOf(back)).toBe("trusted");
});

const dayMs = 24 * hourMs;
const tenYearsMs = 3_652 * dayMs;

test("a clock that boots ten years ahead is not believed, and leaves no trace when it is set right", async () => {
  const [clock, disk] = [new SimClock(), new SimDisk()];
  await (await ClockTrust.open(disk, clock)).keep();
  const ahead = new SimClock(clock.wallMs() + tenYearsMs);
  const trust = await ClockTrust.open(disk.survivor(), ahead);
  expect(trust.now().belief).toBe("ahead");
  await ahead.advance(hourMs);
  await trust.keep();
  expect(trust.now().belief).toBe("ahead");
  ahead.stepWall(-tenYearsMs);
  expect(trust.now().belief).toBe("trusted");
  const after = await ClockTrust.open(disk.survivor(), new SimClock(clock.wallMs() + 2 * hourMs));
  expect(after.now().belief).toBe("trusted");
});

test("a doorbell that lay in a drawer is believed after a day of running, or at an owner's word", async () => {
  const [clock, disk] = [new SimClock(), new SimDisk()];
  await (await ClockTrust.open(disk, clock)).keep();
  const later = (): SimClock => new SimClock(clock.wallMs() + 420 * dayMs);
  const [waiting, asked] = [later(), later()];
  const trust = await ClockTrust.open(disk.survivor(), waiting);
  await waiting.advance(dayMs - 1);
  expect(trust.now().belief).toBe("ahead");
  await waiting.advance(1);
  expect(trust.now().belief).toBe("trusted");
  const other = await ClockTrust.open(disk.survivor(), asked);
  expect(other.now().belief).toBe("ahead");
  await other.confirm();
  expect(other.now().belief).toBe("trusted");
});

test("what the disk says has passed is known before the first look", async () => {
  const clock = new SimClock(start + tenYearsMs);
  const trust = await ClockTrust.open(new SimDisk(), clock);
  trust.passed(start);
  expect(trust.now().belief).toBe("ahead");
});

test("a leap of more than 30 days waits for a day, and one that is taken back for nothing", () => {
  const first = look(firstLook(start, start, 0), start, 0);
  const leapt = look(first, start + tenYearsMs, 0);
  expect(beliefOf(leapt)).toBe("ahead");
  expect(beliefOf(look(leapt, start + tenYearsMs + settleMs, settleMs))).toBe("ahead");
  expect(beliefOf(look(leapt, start + tenYearsMs + dayMs, dayMs))).toBe("trusted");
  expect(beliefOf(look(leapt, start + settleMs, settleMs))).toBe("trusted");
});

test("a time before this software was made is not believed, whatever an owner says", async () => {
  const clock = new SimClock(0);
  const trust = await ClockTrust.open(new SimDisk(), clock);
  expect(trust.now().belief).toBe("behind");
  await trust.confirm();
  expect(trust.now().belief).toBe("behind");
});

test("after a restart it is still known how late it was", async () => {
  const [clock, disk] = [new SimClock(), new SimDisk()];
  const before = await ClockTrust.open(disk, clock);
  await before.keep();
  const later = new SimClock(clock.wallMs() - hourMs);
  const after = await ClockTrust.open(disk.survivor(), later);
  expect(after.now().belief).toBe("behind");
  await later.advance(2 * hourMs);
  expect(after.now().belief).toBe("behind"); // it is as slow as before
  later.stepWall(hourMs);
  expect(after.now().belief).toBe("trusted");
});

test("a clock that was set back while it ran is not believed when it has come to where it was", async () => {
  const clock = new SimClock();
  const trust = await ClockTrust.open(new SimDisk(), clock);
  clock.stepWall(-2 * hourMs);
  for (let n = 0; n < 5; n += 1) {
    await clock.advance(hourMs);
    expect(trust.now().belief).toBe("behind");
  }
});

test("an owner's word ends the waiting, for good", async () => {
  const [clock, disk] = [new SimClock(), new SimDisk()];
  const trust = await ClockTrust.open(disk, clock);
  clock.stepWall(-2 * hourMs);
  expect(trust.now().trusted).toBe(false);
  await trust.confirm();
  expect(trust.now().trusted).toBe(true);
  expect((await ClockTrust.open(disk.survivor(), clock)).now().trusted).toBe(true);
});

test("what is trusted is never behind a time that was trusted before, whatever the clock does", () => {
  const moves = fc.array(fc.tuple(fc.integer({ min: -5 * hourMs, max: 5 * hourMs }), fc.nat(hourMs)));
  fc.assert(
    fc.property(moves, (steps) => {
      let [seen, wallMs, monoMs, newest] = [firstLook(0, start, 0), start, 0, start];
      for (const [stepMs, ranMs] of steps) {
        wallMs += stepMs + ranMs;
        monoMs += ranMs;
        seen = look(seen, wallMs, monoMs);
        if (beliefOf(seen) !== "trusted") continue;
        expect(wallMs).toBeGreaterThanOrEqual(newest - slackMs);
        newest = Math.max(newest, wallMs);
      }
    }),
  );
});
