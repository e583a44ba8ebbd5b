/**
 * Contract of Clock (hal/sensors.ts), for the system's and the simulated one.
 */
import { describe, expect, test } from "vitest";
import type { Clock } from "../../hal/sensors.ts";

export interface ClockRig {
  readonly clock: Clock;
  /** Lets at least this much of the clock's time go by. */
  readonly pass: (ms: number) => Promise<void>;
}

/** The machine's timers count whole milliseconds and may be this much early. */
const toleranceMs = 1;

export function clockContract(driver: string, openRig: () => ClockRig): void {
  describe(`${driver} clock`, () => {
    test("both times grow with the time that goes by", async () => {
      const { clock, pass } = openRig();
      const [mono, wall] = [clock.monoMs(), clock.wallMs()];
      await pass(20);
      expect(clock.monoMs() - mono).toBeGreaterThanOrEqual(20 - toleranceMs);
      expect(clock.wallMs()).toBeGreaterThan(wall);
    });

    test("wall time is whole milliseconds since 1970", () => {
      const { clock } = openRig();
      expect(Number.isSafeInteger(clock.wallMs())).toBe(true);
      expect(clock.wallMs()).toBeGreaterThan(Date.UTC(2025, 0));
    });

    test("calls back once, not before its time", async () => {
      const { clock, pass } = openRig();
      const firedMs: number[] = [];
      const dueMs = clock.monoMs() + 10;
      clock.after(10, () => firedMs.push(clock.monoMs()));
      await pass(40);
      expect(firedMs.length).toBe(1);
      expect(firedMs[0]).toBeGreaterThanOrEqual(dueMs - toleranceMs);
    });

    test("never calls back from inside the call, even for 0 ms", async () => {
      const { clock, pass } = openRig();
      let fired = 0;
      clock.after(0, () => (fired += 1));
      expect(fired).toBe(0);
      await pass(10);
      expect(fired).toBe(1);
    });

    test("calls back in order of time, not of asking", async () => {
      const { clock, pass } = openRig();
      const order: string[] = [];
      clock.after(25, () => order.push("late"));
      clock.after(5, () => order.push("early"));
      clock.after(5, () => order.push("early too"));
      await pass(50);
      expect(order).toEqual(["early", "early too", "late"]);
    });

    test("a cancelled call never comes; cancelling late or twice is fine", async () => {
      const { clock, pass } = openRig();
      let fired = 0;
      const cancel = clock.after(5, () => (fired += 1));
      cancel();
      cancel();
      const cancelLate = clock.after(5, () => (fired += 10));
      await pass(20);
      cancelLate();
      expect(fired).toBe(10);
    });

    test("repeats until it is cancelled, from inside the handler too", async () => {
      const { clock, pass } = openRig();
      let ticks = 0;
      const cancel = clock.every(5, () => {
        ticks += 1;
        if (ticks === 3) cancel();
      });
      await pass(60);
      expect(ticks).toBe(3);
    });
  });
}
