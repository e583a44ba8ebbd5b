/**
 * Contract of StatusLight (hal/sensors.ts), for every driver.
 */
import { describe, expect, test } from "vitest";
import type { LightState, StatusLight } from "../../hal/sensors.ts";

export interface LightRig extends AsyncDisposable {
  readonly light: StatusLight;
  /** What an onlooker sees over the next seconds, in any words that differ when it differs. */
  look(): Promise<string>;
  breakIt?(): void;
}

const states: readonly LightState[] = ["off", "idle", "recording", "live", "fault"];

export function lightContract(driver: string, openRig: () => Promise<LightRig>): void {
  describe(`${driver} light`, () => {
    test("is off at first, and every state looks different", async () => {
      await using rig = await openRig();
      const atFirst = await rig.look();
      const looks = new Map<LightState, string>();
      for (const state of states) {
        await rig.light.show(state);
        looks.set(state, await rig.look());
      }
      expect(rig.light.name).not.toBe("");
      expect(looks.get("off")).toBe(atFirst);
      expect(new Set(looks.values()).size).toBe(states.length);
    });

    test.each(states)("%s shown twice looks as if shown once", async (state) => {
      await using rig = await openRig();
      await rig.light.show(state);
      const once = await rig.look();
      await rig.light.show(state);
      expect(await rig.look()).toBe(once);
    });

    test("a state looks the same whatever was shown before", async () => {
      await using rig = await openRig();
      await rig.light.show("live");
      const fresh = await rig.look();
      for (const before of states) {
        await rig.light.show(before);
        await rig.light.show("live");
        expect(await rig.look()).toBe(fresh);
      }
    });

    test("closing turns it off, and may be repeated", async () => {
      await using rig = await openRig();
      const off = await rig.look();
      await rig.light.show("recording");
      await rig.light[Symbol.asyncDispose]();
      await rig.light[Symbol.asyncDispose]();
      expect(await rig.look()).toBe(off);
    });

    test("rejects with a Fault when the hardware fails", async (context) => {
      await using rig = await openRig();
      if (rig.breakIt === undefined) return context.skip("this driver cannot fail");
      rig.breakIt();
      await expect(rig.light.show("recording")).rejects.toMatchObject({ name: "Fault" });
    });
  });
}
