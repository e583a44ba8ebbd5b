/**
 * Contract of Speaker (hal/speaker.ts), for every driver. Real time, and no test of how much of it passed.
 */
import { describe, expect, test, vi } from "vitest";
import { systemClock } from "../../hal/clock.ts";
import { gstOpenMicrophone } from "../../hal/gst/open-microphone.ts";
import type { Pcm } from "../../hal/pcm.ts";
import type { Speaker } from "../../hal/speaker.ts";
import { purity, sine } from "../../scripts/rigs/tone-ear.ts";

export interface SpeakerRig extends AsyncDisposable {
  readonly speaker: Speaker;
  /** What came out of it so far. */
  heard(): Promise<Pcm>;
}

const wait = { timeout: 20_000, interval: 50 };
const clear = 0.8;

/** Opus as a browser would send it. */
async function speak(speaker: Speaker, hertz: number): Promise<AsyncDisposable> {
  const source = `audiotestsrc is-live=true wave=sine samplesperbuffer=960 freq=${hertz}`.split(" ");
  const voice = await gstOpenMicrophone({ clock: systemClock, name: "voice", source }).open();
  voice.onPacket((packet) => speaker.live(packet));
  return voice;
}

export function speakerContract(driver: string, openRig: () => Promise<SpeakerRig>): void {
  describe(`${driver} speaker`, { timeout: 40_000 }, () => {
    test("sounds what it is given, to its end, one after the other", async () => {
      await using rig = await openRig();
      expect(rig.speaker.name).not.toBe("");
      await rig.speaker.sound(sine(800, 0.3));
      await rig.speaker.sound(sine(1_200, 0.3));
      await vi.waitFor(async () => {
        const heard = await rig.heard();
        expect([purity(heard, 800) > clear, purity(heard, 1_200) > clear]).toEqual([true, true]);
      }, wait);
      expect(purity(await rig.heard(), 500)).toBeLessThan(0.1);
    });

    test("a later sound takes the place of the one that sounds", async () => {
      await using rig = await openRig();
      const first = rig.speaker.sound(sine(800, 30));
      await rig.speaker.sound(sine(1_200, 0.3));
      await first;
      await vi.waitFor(async () => expect(purity(await rig.heard(), 1_200)).toBeGreaterThan(clear), wait);
    });

    test("sounds what somebody says, packet by packet", async () => {
      await using rig = await openRig();
      await using _voice = await speak(rig.speaker, 600);
      await vi.waitFor(async () => expect(purity(await rig.heard(), 600)).toBeGreaterThan(clear), wait);
    });

    test("what is said while a sound sounds is dropped and counted", async () => {
      await using rig = await openRig();
      const sounding = rig.speaker.sound(sine(800, 30));
      rig.speaker.live(new Uint8Array(20));
      expect(rig.speaker.dropped).toBe(1);
      rig.speaker.stop();
      await sounding;
    });

    test("packets that are none harm nobody: the next sound sounds", async () => {
      await using rig = await openRig();
      for (let i = 0; i < 20; i += 1)
        rig.speaker.live(Uint8Array.from({ length: 40 }, (_, at) => (at * i) & 255));
      await rig.speaker.sound(sine(800, 0.3));
      await vi.waitFor(async () => expect(purity(await rig.heard(), 800)).toBeGreaterThan(clear), wait);
    });

    test("closing silences it in mid-sound, ends the call, and may be repeated", async () => {
      await using rig = await openRig();
      const sounding = rig.speaker.sound(sine(800, 30));
      await rig.speaker[Symbol.asyncDispose]();
      await sounding;
      await rig.speaker[Symbol.asyncDispose]();
      await rig.speaker.sound(sine(1_200, 30));
      expect(purity(await rig.heard(), 1_200)).toBeLessThan(0.1);
    });
  });
}
