/**
 * Contract of OpenMicrophone (hal/open-microphone.ts), for every driver.
 */
import { describe, expect, test, vi } from "vitest";
import { systemClock } from "../../hal/clock.ts";
import type { OpenMicrophone } from "../../hal/open-microphone.ts";
import type { SensorDriver } from "../../hal/sensors.ts";
import { simSpeaker } from "../../hal/sim/speaker.ts";
import { purity } from "../../scripts/rigs/tone-ear.ts";

export interface OpenMicrophoneRig {
  readonly driver: SensorDriver<OpenMicrophone>;
  /** What it hears. */
  readonly hertz: number;
}

const wait = { timeout: 20_000, interval: 50 };

export function openMicrophoneContract(name: string, { driver, hertz }: OpenMicrophoneRig): void {
  describe(`${name} microphone`, { timeout: 40_000 }, () => {
    test("gives what it hears as packets that a speaker can sound", async () => {
      await using microphone = await driver.open();
      await using speaker = simSpeaker({ clock: systemClock });
      microphone.onPacket((packet) => speaker.live(packet));
      await vi.waitFor(() => expect(purity(speaker.heard(), hertz)).toBeGreaterThan(0.8), wait);
    });

    test("gives RTP of payload type 111, numbered one by one", async () => {
      await using microphone = await driver.open();
      const heads: number[][] = [];
      microphone.onPacket((packet) => {
        const bytes = Buffer.from(packet);
        heads.push([bytes.readUInt8(0) >> 6, bytes.readUInt8(1) & 127, bytes.readUInt16BE(2)]);
      });
      await vi.waitFor(() => expect(heads.length).toBeGreaterThan(5), wait);
      const [[, , first = 0] = []] = heads;
      expect(heads).toEqual(heads.map((_, index) => [2, 111, (first + index) & 0xffff]));
    });

    test("gives nothing after it is closed, and can be opened again", async () => {
      const microphone = await driver.open();
      let packets = 0;
      microphone.onPacket(() => (packets += 1));
      await vi.waitFor(() => expect(packets).toBeGreaterThan(0), wait);
      await microphone[Symbol.asyncDispose]();
      const before = packets;
      await using _again = await driver.open();
      expect(packets).toBe(before);
    });
  });
}
