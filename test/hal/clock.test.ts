import { describe, expect, test } from "vitest";
import { systemClock } from "../../hal/clock.ts";
import { SimClock, simEpochWallMs } from "../../hal/sim/clock.ts";
import { clockContract } from "../contract/clock.ts";

clockContract("system", () => ({
  clock: systemClock,
  // The one place that waits for real: the machine's own timers are what is tested.
  pass: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
}));

clockContract("simulated", () => {
  const clock = new SimClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});

describe("simulated clock", () => {
  test("stands still until it is told to move", () => {
    const clock = new SimClock();
    expect([clock.monoMs(), clock.wallMs()]).toEqual([0, simEpochWallMs]);
  });

  test("a clock correction moves wall time alone, and no timer", async () => {
    const clock = new SimClock(1_000_000);
    const fired: number[] = [];
    clock.after(100, () => fired.push(clock.monoMs()));
    clock.stepWall(-3_600_000);
    expect([clock.monoMs(), clock.wallMs()]).toEqual([0, 1_000_000 - 3_600_000]);
    await clock.advance(100);
    expect(fired).toEqual([100]);
  });

  test("a handler sees the time at which it was due", async () => {
    const clock = new SimClock();
    const seen: number[] = [];
    for (const ms of [30, 10, 20]) clock.after(ms, () => seen.push(clock.monoMs()));
    await clock.advance(1_000);
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.monoMs()).toBe(1_000);
  });

  test("promises settle between two timers, as they would in life", async () => {
    const clock = new SimClock();
    const order: string[] = [];
    clock.after(10, () => void Promise.resolve().then(() => order.push("promise of the first")));
    clock.after(10, () => order.push("second"));
    await clock.advance(10);
    expect(order).toEqual(["promise of the first", "second"]);
  });

  test("a timer set by a handler fires in the same advance when it is due in it", async () => {
    const clock = new SimClock();
    const seen: number[] = [];
    clock.after(10, () => void clock.after(15, () => seen.push(clock.monoMs())));
    await clock.advance(24);
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual([25]);
  });

  test("advancing by 0 fires what is due now and nothing else", async () => {
    const clock = new SimClock();
    const order: string[] = [];
    clock.after(0, () => order.push("now"));
    clock.after(-5, () => order.push("overdue"));
    clock.after(1, () => order.push("later"));
    await clock.advance(0);
    expect(order).toEqual(["now", "overdue"]);
  });
});
