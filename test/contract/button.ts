/**
 * Contract of Button (hal/sensors.ts), for every driver.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Button, Clock, Press } from "../../hal/sensors.ts";

export interface ButtonRig extends AsyncDisposable {
  readonly button: Button;
  readonly clock: Clock;
  /** One press, from down to up; resolves when it was told. */
  press(): Promise<void>;
  /** Takes the line away; absent where that cannot happen. */
  lose?(): Promise<void>;
}

export function buttonContract(driver: string, openRig: () => Promise<ButtonRig>): void {
  describe(`${driver} button`, () => {
    test("has a name and tells one press once", async () => {
      await using rig = await openRig();
      const presses: Press[] = [];
      rig.button.onPress((press) => presses.push(press));
      await rig.press();
      expect(rig.button.name).not.toBe("");
      expect(presses.length).toBe(1);
    });

    test("tells every press to every subscriber, in order of subscription", async () => {
      await using rig = await openRig();
      const heard: string[] = [];
      rig.button.onPress(() => heard.push("first"));
      rig.button.onPress(() => heard.push("second"));
      await rig.press();
      await rig.press();
      expect(heard).toEqual(["first", "second", "first", "second"]);
    });

    test("calls nobody from inside the subscribing call, nor with what was before", async () => {
      await using rig = await openRig();
      await rig.press();
      let calls = 0;
      rig.button.onPress(() => (calls += 1));
      expect(calls).toBe(0);
      await nextTurn();
      expect(calls).toBe(0);
    });

    test("a subscriber that left hears nothing more, leaving twice is fine", async () => {
      await using rig = await openRig();
      let stayed = 0;
      let left = 0;
      const leave = rig.button.onPress(() => (left += 1));
      rig.button.onPress(() => (stayed += 1));
      await rig.press();
      leave();
      leave();
      await rig.press();
      expect([left, stayed]).toEqual([1, 2]);
    });

    test("one handler subscribed twice is told twice, and leaves one at a time", async () => {
      await using rig = await openRig();
      let calls = 0;
      const handler = (): void => void (calls += 1);
      const leave = rig.button.onPress(handler);
      rig.button.onPress(handler);
      leave();
      await rig.press();
      expect(calls).toBe(1);
    });

    test("a subscriber that throws does not stop the others, nor the process", async () => {
      await using rig = await openRig();
      using warned = expectWarning("broken subscriber");
      let calls = 0;
      rig.button.onPress(() => {
        throw new Error("broken subscriber");
      });
      rig.button.onPress(() => (calls += 1));
      await rig.press();
      await nextTurn();
      expect(calls).toBe(1);
      expect(warned.count).toBe(1);
    });

    test("a press carries the Clock's times, of the moment it happened", async () => {
      await using rig = await openRig();
      const presses: Press[] = [];
      rig.button.onPress((press) => presses.push(press));
      const beforeMs = rig.clock.monoMs();
      await rig.press();
      await rig.press();
      const [first, second] = presses;
      expect(first?.monoMs).toBeGreaterThanOrEqual(beforeMs);
      expect(second?.monoMs).toBeGreaterThan(first?.monoMs ?? Infinity);
      expect(second?.monoMs).toBeLessThanOrEqual(rig.clock.monoMs());
      const agoMs = rig.clock.monoMs() - (second?.monoMs ?? 0);
      expect(second?.wallMs).toBeCloseTo(rig.clock.wallMs() - agoMs, -1);
    });

    test("is silent once it is closed, and can be closed twice", async () => {
      await using rig = await openRig();
      let calls = 0;
      rig.button.onPress(() => (calls += 1));
      await rig.button[Symbol.asyncDispose]();
      await rig.button[Symbol.asyncDispose]();
      await rig.press();
      expect(calls).toBe(0);
    });

    test("a lost line is told once, with a Fault, and nothing comes after it", async (context) => {
      await using rig = await openRig();
      if (rig.lose === undefined) return context.skip("this driver cannot lose its line");
      const heard: string[] = [];
      rig.button.onPress(() => heard.push("press"));
      rig.button.onLost((fault) => heard.push(fault.name));
      await rig.press();
      await rig.lose();
      await nextTurn();
      expect(heard).toEqual(["press", "Fault"]);
    });
  });
}

/** Counts this process's warnings with the given text, while it is in scope. */
export function expectWarning(text: string): Disposable & { readonly count: number } {
  let count = 0;
  const listen = (warning: Error): void => void (count += warning.message.includes(text) ? 1 : 0);
  process.on("warning", listen);
  return {
    get count() {
      return count;
    },
    [Symbol.dispose]: () => void process.off("warning", listen),
  };
}
