/**
 * Contract of PirSensor (hal/sensors.ts), for every driver.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Clock, PirEdge, PirSensor } from "../../hal/sensors.ts";
import { expectWarning } from "./button.ts";

export interface PirRig extends AsyncDisposable {
  /** Inactive at the opening. */
  readonly pir: PirSensor;
  readonly clock: Clock;
  /** The output goes the other way; resolves when that was told. */
  toggle(): Promise<void>;
  lose?(): Promise<void>;
}

export function pirContract(driver: string, openRig: () => Promise<PirRig>): void {
  describe(`${driver} PIR`, () => {
    test("tells edges that alternate, to every subscriber in order", async () => {
      await using rig = await openRig();
      const heard: string[] = [];
      rig.pir.onEdge(({ active }) => heard.push(`a ${active}`));
      rig.pir.onEdge(({ active }) => heard.push(`b ${active}`));
      for (let edge = 0; edge < 3; edge++) await rig.toggle();
      expect(rig.pir.name).not.toBe("");
      expect(heard).toEqual(["a true", "b true", "a false", "b false", "a true", "b true"]);
    });

    test("is already at the new level when it tells of it", async () => {
      await using rig = await openRig();
      const levels: boolean[] = [rig.pir.active];
      rig.pir.onEdge(() => levels.push(rig.pir.active));
      await rig.toggle();
      await rig.toggle();
      expect(levels).toEqual([false, true, false]);
    });

    test("keeps its level for those who subscribe late, and calls nobody for it", async () => {
      await using rig = await openRig();
      await rig.toggle();
      let calls = 0;
      rig.pir.onEdge(() => (calls += 1));
      await nextTurn();
      expect(rig.pir.active).toBe(true);
      expect(calls).toBe(0);
    });

    test("an edge carries the Clock's times, of the moment it happened", async () => {
      await using rig = await openRig();
      const edges: PirEdge[] = [];
      rig.pir.onEdge((edge) => edges.push(edge));
      const beforeMs = rig.clock.monoMs();
      await rig.toggle();
      await rig.toggle();
      const [first, second] = edges;
      expect(first?.monoMs).toBeGreaterThanOrEqual(beforeMs);
      expect(second?.monoMs).toBeGreaterThan(first?.monoMs ?? Infinity);
      expect(second?.monoMs).toBeLessThanOrEqual(rig.clock.monoMs());
      const agoMs = rig.clock.monoMs() - (second?.monoMs ?? 0);
      expect(second?.wallMs).toBeCloseTo(rig.clock.wallMs() - agoMs, -1);
    });

    test("a subscriber that left or threw does not disturb the others", async () => {
      await using rig = await openRig();
      using warned = expectWarning("broken subscriber");
      let stayed = 0;
      const leave = rig.pir.onEdge(() => {
        throw new Error("broken subscriber");
      });
      rig.pir.onEdge(() => (stayed += 1));
      await rig.toggle();
      leave();
      await rig.toggle();
      await nextTurn();
      expect(stayed).toBe(2);
      expect(warned.count).toBe(1);
    });

    test("is silent once it is closed, and can be closed twice", async () => {
      await using rig = await openRig();
      let calls = 0;
      rig.pir.onEdge(() => (calls += 1));
      await rig.pir[Symbol.asyncDispose]();
      await rig.pir[Symbol.asyncDispose]();
      await rig.toggle();
      expect(calls).toBe(0);
    });

    test("a lost line is told once, with a Fault, and nothing comes after it", async (context) => {
      await using rig = await openRig();
      if (rig.lose === undefined) return context.skip("this driver cannot lose its line");
      const heard: string[] = [];
      rig.pir.onEdge(({ active }) => heard.push(String(active)));
      rig.pir.onLost((fault) => heard.push(fault.name));
      await rig.toggle();
      await rig.lose();
      await nextTurn();
      expect(heard).toEqual(["true", "Fault"]);
    });
  });
}
