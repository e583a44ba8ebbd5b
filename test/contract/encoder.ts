/**
 * Contract of Encoder (hal/encoder.ts), for every driver.
 */
import { describe, expect, test } from "vitest";
import type { EncodedUnit, Encoder, EncoderConfig, EncoderSettings } from "../../hal/encoder.ts";
import { movingPicture } from "./masked.ts";

const settings: EncoderSettings = { width: 320, height: 240, fps: 10, bitrateKbps: 400, gopFrames: 10 };

export interface EncoderRig {
  open(settings: EncoderSettings): Promise<Encoder>;
  /** Pictures that a decoder makes of these units. */
  decode(units: readonly EncodedUnit[], config: EncoderConfig): Promise<{ width: number; height: number }[]>;
}

interface Encoded {
  readonly units: EncodedUnit[];
  readonly config: EncoderConfig;
}

/** Encodes `frames` frames, with all bytes copied out as the contract allows. */
export async function encodeMoving(rig: EncoderRig, frames: number, asked = settings): Promise<Encoded> {
  await using encoder = await rig.open(asked);
  const picture = movingPicture(asked);
  const units: EncodedUnit[] = [];
  for (let i = 0; i < frames; i += 1) {
    const memory = encoder.memory();
    units.push(...encoder.encode(picture(i, memory), memory));
  }
  units.push(...(await encoder.finish()));
  if (encoder.config === null) throw new Error("encoder gave no parameter sets");
  return { units, config: encoder.config };
}

export function describeEncoder(driver: string, rig: EncoderRig): void {
  describe(`${driver} encoder`, () => {
    test("one unit per frame, in order, with the frame's time", async () => {
      const { units } = await encodeMoving(rig, 25);
      expect(units.map(({ ptsUs }) => ptsUs)).toEqual(Array.from({ length: 25 }, (_, i) => i * 100_000));
      expect(units.every(({ durationUs, data }) => durationUs === 100_000 && data.length > 4)).toBe(true);
    });

    test("a GOP starts every gopFrames and nowhere else", async () => {
      const { units } = await encodeMoving(rig, 25);
      const keyframes = units.flatMap(({ keyframe }, i) => (keyframe ? [i] : []));
      expect(keyframes).toEqual([0, 10, 20]);
    });

    test("the same frames give the same bytes", async () => {
      const [first, second] = [await encodeMoving(rig, 25), await encodeMoving(rig, 25)];
      expect(second.units.map(({ data }) => data)).toEqual(first.units.map(({ data }) => data));
      expect(second.config).toEqual(first.config);
    });

    test("units are whole length-prefixed NAL units, and only keyframes hold an IDR picture", async () => {
      const { units } = await encodeMoving(rig, 12);
      for (const { data, keyframe } of units) {
        const parts = nalUnits(data);
        expect(parts.reduce((sum, { bytes }) => sum + bytes + 4, 0)).toBe(data.length);
        expect(parts.some(({ type }) => type === 5)).toBe(keyframe);
      }
    });

    test("the parameter sets are known and name the codec", async () => {
      const { config } = await encodeMoving(rig, 2);
      expect(config.avcC[0]).toBe(1);
      expect(config.codec).toMatch(/^avc1\.42[0-9a-f]{4}$/);
    });

    test("a decoder makes every picture of the size that was asked for", async () => {
      const { units, config } = await encodeMoving(rig, 12);
      const size = { width: settings.width, height: settings.height };
      expect(await rig.decode(units, config)).toEqual(units.map(() => size));
    });

    test("a GOP is closed: it decodes without what came before", async () => {
      const { units, config } = await encodeMoving(rig, 20);
      expect(await rig.decode(units.slice(10), config)).toHaveLength(10);
    });

    test.for([
      [321, 240],
      [320, 241],
      [33, 17],
    ] as const)("an odd size (%i x %i) is coded one pixel larger", async ([width, height]) => {
      const { units, config } = await encodeMoving(rig, 3, { ...settings, width, height });
      const even = { width: width + (width % 2), height: height + (height % 2) };
      expect(await rig.decode(units, config)).toEqual([even, even, even]);
    });

    test("memory has the asked size, room for its rows, and may be given back unused", async () => {
      await using encoder = await rig.open({ ...settings, width: 321, height: 241 });
      for (let i = 0; i < 50; i += 1) encoder.memory().release();
      const memory = encoder.memory();
      expect([memory.width, memory.height, memory.u.width, memory.u.height]).toEqual([321, 241, 161, 121]);
      expect(memory.y.data.length).toBeGreaterThanOrEqual(memory.y.stride * 240 + 321);
      memory.release();
      memory.release();
    });

    test("a unit's bytes stay what they are after the encoder went on and closed", async () => {
      await using encoder = await rig.open(settings);
      const picture = movingPicture(settings);
      const kept: { data: Uint8Array; copy: Uint8Array }[] = [];
      for (let i = 0; i < 30; i += 1) {
        const memory = encoder.memory();
        for (const { data } of encoder.encode(picture(i, memory), memory))
          kept.push({ data, copy: data.slice() });
      }
      await encoder.close();
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.every(({ data, copy }) => Buffer.compare(data, copy) === 0)).toBe(true);
    });

    test("closing twice, with memory still out, is fine", async () => {
      const encoder = await rig.open(settings);
      encoder.memory();
      await encoder.close();
      await encoder.close();
    });

    test("settings that cannot be encoded are refused", async () => {
      await expect(rig.open({ ...settings, width: 0 })).rejects.toMatchObject({ kind: "invalid" });
      await expect(rig.open({ ...settings, gopFrames: 0.5 })).rejects.toMatchObject({ kind: "invalid" });
    });
  });
}

/** The NAL units of one access unit: length without prefix, and type (5 = IDR). */
function nalUnits(unit: Uint8Array): { bytes: number; type: number }[] {
  const view = new DataView(unit.buffer, unit.byteOffset, unit.byteLength);
  const parts: { bytes: number; type: number }[] = [];
  for (let at = 0; at + 4 < unit.length; at += 4 + view.getUint32(at))
    parts.push({ bytes: view.getUint32(at), type: view.getUint8(at + 4) & 0x1f });
  return parts;
}
