/**
 * Contract of Chime (hal/sensors.ts), for every driver.
 */
import { describe, expect, test } from "vitest";
import type { Chime } from "../../hal/sensors.ts";
import type { SimClock } from "../../hal/sim/clock.ts";

export interface ChimeRig extends AsyncDisposable {
  readonly chime: Chime;
  readonly clock: SimClock;
  readonly soundMs: number;
  /** What an ear would say. */
  sounding(): boolean;
  /** How often it began to sound. */
  sounded(): number;
  /** From now on the hardware fails; absent where it cannot. */
  breakIt?(): void;
}

export function chimeContract(driver: string, openRig: () => Promise<ChimeRig>): void {
  describe(`${driver} chime`, () => {
    test("is silent until it is asked, sounds for its time, and is silent again", async () => {
      await using rig = await openRig();
      expect([rig.chime.name !== "", rig.sounding()]).toEqual([true, false]);
      const over = rig.chime.sound();
      await rig.clock.advance(rig.soundMs - 1);
      expect(rig.sounding()).toBe(true);
      await rig.clock.advance(1);
      await over;
      expect([rig.sounding(), rig.sounded()]).toEqual([false, 1]);
    });

    test("a call while it sounds resolves at once and does not make it longer", async () => {
      await using rig = await openRig();
      const over = rig.chime.sound();
      await rig.clock.advance(rig.soundMs / 2);
      await rig.chime.sound();
      await rig.clock.advance(rig.soundMs / 2);
      await over;
      expect([rig.sounding(), rig.sounded()]).toEqual([false, 1]);
    });

    test("sounds again after it has sounded", async () => {
      await using rig = await openRig();
      for (let ring = 0; ring < 3; ring++) {
        const over = rig.chime.sound();
        await rig.clock.advance(rig.soundMs);
        await over;
      }
      expect(rig.sounded()).toBe(3);
    });

    test("closing silences it in mid-sound, ends the call, and may be repeated", async () => {
      await using rig = await openRig();
      const over = rig.chime.sound();
      await rig.chime[Symbol.asyncDispose]();
      await over;
      await rig.chime[Symbol.asyncDispose]();
      await rig.clock.advance(rig.soundMs * 2);
      expect([rig.sounding(), rig.sounded()]).toEqual([false, 1]);
    });

    test("rejects with a Fault when the hardware fails", async (context) => {
      await using rig = await openRig();
      if (rig.breakIt === undefined) return context.skip("this driver cannot fail");
      rig.breakIt();
      await expect(rig.chime.sound()).rejects.toMatchObject({ name: "Fault" });
    });
  });
}
