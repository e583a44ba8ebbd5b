import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type EncodedPacket } from "mediabunny";
import { beforeAll, describe, expect, test } from "vitest";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import { fragment, unitDurationsUs } from "../../../../daemon/eye/fmp4/fragment.ts";
import { initSegment } from "../../../../daemon/eye/fmp4/init.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { simCamera } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { openH264Encoder } from "../../../../hal/gst/encoder.ts";
import type { EncodedUnit, EncoderConfig } from "../../../../hal/encoder.ts";

const size = { width: 320, height: 180 };
let units: EncodedUnit[] = [];
let config: EncoderConfig | null = null;

beforeAll(async () => {
  const driver = simCamera({ ...size, fps: 10, frames: 45, pace: "fast", clock: new SimClock() });
  await using camera = await driver.open();
  await using encoder = await openH264Encoder({ ...size, fps: 10, bitrateKbps: 500, gopFrames: 10 });
  const masker = createMasker(rasteriseOpening(size, porchPolicy));
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    const memory = encoder.memory();
    units.push(...encoder.encode(masker.apply(raw, memory), memory));
  }
  units.push(...(await encoder.finish()));
  config = encoder.config;
});

function init(): Uint8Array {
  return initSegment({ ...size, avcC: config?.avcC ?? new Uint8Array() });
}

async function packetsOf(...parts: Uint8Array[]): Promise<EncodedPacket[]> {
  const input = new Input({ source: new BufferSource(Buffer.concat(parts)), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error("no video track");
  expect([await track.getCodedWidth(), await track.getCodedHeight(), await track.getCodec()]).toEqual([
    320,
    180,
    "avc",
  ]);
  expect((await track.getDecoderConfig())?.codec).toBe(config?.codec);
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  return packets;
}

describe("fragments, read back by another implementation,", () => {
  test("give every unit with its bytes, time and keyframe mark", async () => {
    const [first, rest] = [units.slice(0, 20), units.slice(20)];
    const packets = await packetsOf(
      init(),
      fragment(first, { sequence: 1, baseUs: 0, nextPtsUs: rest[0]?.ptsUs }),
      fragment(rest, { sequence: 2, baseUs: 0 }),
    );
    expect(packets.map((packet) => Math.round(packet.timestamp * 1e6))).toEqual(
      units.map((unit) => unit.ptsUs),
    );
    expect(packets.map((packet) => packet.type === "key")).toEqual(units.map((unit) => unit.keyframe));
    expect(packets.map((packet) => Buffer.from(packet.data))).toEqual(
      units.map((unit) => Buffer.from(unit.data)),
    );
  });

  test("of one unit each, as live sends them, give the same", async () => {
    const parts = units.map((unit, i) => fragment([unit], { sequence: i + 1, baseUs: 0 }));
    expect(await packetsOf(init(), ...parts)).toHaveLength(45);
  });

  test("start at 0 when their base is their first unit", async () => {
    const tail = units.slice(20);
    const packets = await packetsOf(init(), fragment(tail, { sequence: 1, baseUs: tail[0]?.ptsUs ?? 0 }));
    expect(packets[0]?.timestamp).toBe(0);
  });
});

test("durations follow the camera's real times, and the last unit's its own", () => {
  const at = (ptsUs: number): EncodedUnit => ({
    data: new Uint8Array(1),
    ptsUs,
    durationUs: 66_667,
    keyframe: false,
  });
  expect(unitDurationsUs([at(0), at(50_000), at(200_000)])).toEqual([50_000, 150_000, 66_667]);
  expect(unitDurationsUs([at(0), at(50_000)], 90_000)).toEqual([50_000, 40_000]);
});

test("media times beyond 32 bits of microseconds survive", async () => {
  const dayUs = 86_400_000_000;
  const late = units.slice(0, 10).map((unit) => ({ ...unit, ptsUs: unit.ptsUs + dayUs }));
  const packets = await packetsOf(init(), fragment(late, { sequence: 1, baseUs: 0 }));
  expect(packets[0]?.timestamp).toBe(86_400);
});
