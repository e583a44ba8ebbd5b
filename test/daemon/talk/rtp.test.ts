/** However often the microphone is opened within a call, what is sent counts on: a count that goes back is a replay. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SoundPath } from "../../../daemon/talk/rtp.ts";

function packet(sequence: number, time: number, source: number): Uint8Array {
  const bytes = Buffer.alloc(15, 7);
  bytes.set([0x80, 0x80 | 111]);
  bytes.writeUInt16BE(sequence, 2);
  bytes.writeUInt32BE(time, 4);
  bytes.writeUInt32BE(source, 8);
  return bytes;
}

const read = (bytes: Buffer) => ({
  type: bytes[1],
  sequence: bytes.readUInt16BE(2),
  time: bytes.readUInt32BE(4),
  source: bytes.readUInt32BE(8),
  payload: bytes.subarray(12),
});

test("a stream is sent under the call's own type and source, its count and its sound as they are", () => {
  const path = new SoundPath({ payloadType: 96, ssrc: 77 }, () => 0);
  const sent = read(path.next(packet(1_000, 5_000, 3)));
  expect(sent).toMatchObject({ type: 0x80 | 96, sequence: 1_000, time: 5_000, source: 77 });
  expect([...sent.payload]).toEqual([7, 7, 7]);
});

test("streams that begin anywhere follow each other, as much later as they are", () => {
  const u16 = fc.integer({ min: 0, max: 0xffff });
  const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
  const stream = fc.record({
    first: u16,
    time: u32,
    packets: fc.integer({ min: 1, max: 5 }),
    pauseMs: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.array(stream, { minLength: 1, maxLength: 6 }), (streams) => {
      let nowMs = 0;
      const path = new SoundPath({ payloadType: 96, ssrc: 77 }, () => nowMs);
      let last: { sequence: number; time: number } | null = null;
      for (const [source, { first, time, packets, pauseMs }] of streams.entries()) {
        nowMs += pauseMs;
        for (let i = 0; i < packets; i += 1, nowMs += 20) {
          const sent = read(path.next(packet((first + i) & 0xffff, (time + i * 960) >>> 0, source + 1)));
          if (last !== null) {
            expect((sent.sequence - last.sequence) & 0xffff).toBe(1);
            const ticks = (sent.time - last.time) >>> 0;
            expect(ticks).toBe(i > 0 ? 960 : Math.max(960, (pauseMs + 20) * 48));
          }
          last = sent;
        }
      }
    }),
  );
});
