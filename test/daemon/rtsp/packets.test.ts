import fc from "fast-check";
import { expect, test } from "vitest";
import { configOf, nalsOf, withParameterSets } from "../../../daemon/rtsp/picture/avc.ts";
import { Packetiser } from "../../../daemon/rtsp/rtp/packets.ts";
import { senderReportOf } from "../../../daemon/rtsp/rtp/report.ts";

/** By RFC 6184, written apart from the code under test. */
function nalsFrom(packets: readonly Buffer[]): Buffer[] {
  const nals: Buffer[] = [];
  for (const payload of packets.map((packet) => packet.subarray(12))) {
    const [head = 0, flags = 0] = payload;
    if ((head & 31) !== 28) nals.push(payload);
    else if ((flags & 0x80) !== 0)
      nals.push(Buffer.concat([Buffer.from([(head & 0xe0) | (flags & 31)]), payload.subarray(2)]));
    else nals.push(Buffer.concat([nals.pop() ?? Buffer.alloc(0), payload.subarray(2)]));
  }
  return nals;
}

const unit = (nals: readonly Uint8Array[]) => ({ keyframe: true, ptsUs: 1_000_000, wallMs: 0, nals });
const nal = fc
  .uint8Array({ minLength: 2, maxLength: 9_000 })
  .map((bytes) => Uint8Array.from([0x65, ...bytes.subarray(1)]));

test("a frame in packets is the same frame, none of them too large, the last one marked", () => {
  fc.assert(
    fc.property(fc.array(nal, { minLength: 1, maxLength: 5 }), (nals) => {
      const packets = new Packetiser().packetsOf(unit(nals));
      expect(nalsFrom(packets).map((each) => each.toString("hex"))).toEqual(
        nals.map((each) => Buffer.from(each).toString("hex")),
      );
      expect(Math.max(...packets.map(({ length }) => length))).toBeLessThanOrEqual(1_412);
      expect(packets.map((packet) => ((packet[1] ?? 0) & 0x80) !== 0).indexOf(true)).toBe(packets.length - 1);
    }),
    { numRuns: 60 },
  );
});

test("packets are numbered one after the other, past the end of 16 bits too; a second is 90,000", () => {
  const packetiser = new Packetiser();
  const first = packetiser.sequence;
  const small = Uint8Array.of(0x41, 1);
  for (let i = 0; i < 70_000; i += 1) packetiser.packetsOf(unit([small]));
  expect(packetiser.sequence).toBe((first + 70_000) % 65_536);
  expect((packetiser.timeOf(3_000_000) - packetiser.timeOf(2_000_000) + 2 ** 32) % 2 ** 32).toBe(90_000);
  expect([packetiser.packets, packetiser.octets]).toEqual([70_000, 140_000]);
});

test("a report says when it was, what the stream's clock said, and who sends", () => {
  const report = senderReportOf({ ssrc: 5, wallMs: 1_500, rtpTime: 9, packets: 3, octets: 7 });
  expect([report.readUInt16BE(0), report.length]).toEqual([0x80c8, 48]);
  expect([report.readUInt32BE(8), report.readUInt32BE(12)]).toEqual([2_208_988_801, 2 ** 31]);
  expect([4, 16, 20, 24, 32].map((at) => report.readUInt32BE(at))).toEqual([5, 9, 3, 7, 5]);
  expect(report.toString("latin1", 38, 47)).toBe("sill-door");
});

test("lengths that do not add up are refused", () => {
  expect(nalsOf(Uint8Array.of(0, 0, 0, 2, 1, 2))).toEqual([Uint8Array.of(1, 2)]);
  for (const bytes of [
    [0, 0, 0, 3, 1, 2],
    [0, 0, 0, 0],
    [0, 0],
    [255, 255, 255, 255, 1],
  ])
    expect(() => nalsOf(Uint8Array.from(bytes)), String(bytes)).toThrow("NAL unit");
  for (const bytes of [
    [],
    [1, 66, 192, 31, 255, 225, 0, 9, 1],
    [1, 66, 192, 31, 253, 225, 0, 1, 1, 1, 0, 1, 1],
  ])
    expect(() => configOf(Uint8Array.from(bytes)), String(bytes)).toThrow("AVC configuration");
});

test("a keyframe has its parameter sets once, whatever it came with", () => {
  const config = { sps: Uint8Array.of(0x67, 1), pps: Uint8Array.of(0x68, 2), profileLevelId: "42c01f" };
  const slice = Uint8Array.of(0x65, 3);
  expect(withParameterSets([Uint8Array.of(0x67, 9), slice], config)).toEqual([config.sps, config.pps, slice]);
});
