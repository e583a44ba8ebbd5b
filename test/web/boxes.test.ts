/** The codec out of an init segment: boxes made by hand, and bytes that are no boxes at all. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTrack } from "../../web/media/boxes.ts";

function box(type: string, ...bodies: Uint8Array[]): Uint8Array {
  const size = 8 + bodies.reduce((sum, body) => sum + body.length, 0);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, size);
  bytes.set(new TextEncoder().encode(type), 4);
  let at = 8;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return bytes;
}

function visualEntry(width: number, height: number): Uint8Array {
  const fixed = new Uint8Array(78);
  const view = new DataView(fixed.buffer);
  view.setUint16(24, width);
  view.setUint16(26, height);
  return fixed;
}

function initSegment(
  avcC: readonly number[],
  entry = "avc1",
  nest = ["moov", "trak", "mdia", "minf", "stbl"],
) {
  const sample = box(entry, visualEntry(1280, 720), box("avcC", Uint8Array.from(avcC)));
  const stsd = box("stsd", new Uint8Array(8), sample);
  return nest.reduceRight((inner, type) => box(type, box("free", new Uint8Array(3)), inner), stsd);
}

test("the codec string and size are those of the first AVC track", () => {
  const init = initSegment([1, 0x42, 0xc0, 0x1f, 0xff]);
  expect(readTrack(init)).toEqual({ codec: "avc1.42c01f", width: 1280, height: 720 });
});

test("an avc3 track keeps its name and small numbers keep their zeros", () => {
  expect(readTrack(initSegment([1, 0x64, 0x00, 0x0a], "avc3"))?.codec).toBe("avc3.64000a");
});

test.each([
  ["empty", new Uint8Array()],
  ["an avcC of an unknown version", initSegment([2, 0x42, 0xc0, 0x1f])],
  ["an avcC cut short", initSegment([1, 0x42])],
  ["another codec", initSegment([1, 0x42, 0xc0, 0x1f], "hvc1")],
  ["no sample table", initSegment([1, 0x42, 0xc0, 0x1f], "avc1", ["moov", "trak"])],
])("%s is no track", (_, bytes) => {
  expect(readTrack(bytes)).toBeNull();
});

test("an init segment cut anywhere is read or refused, never a crash", () => {
  const init = initSegment([1, 0x42, 0xc0, 0x1f]);
  for (let length = 0; length < init.length; length += 1) {
    expect(readTrack(init.subarray(0, length))).toBeNull();
  }
});

test("no bytes at all make it throw", () => {
  const init = initSegment([1, 0x42, 0xc0, 0x1f]);
  const damage = fc.array(fc.tuple(fc.nat(init.length - 1), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(damage, (changes) => {
      const bytes = init.slice();
      for (const [at, value] of changes) bytes[at] = value;
      expect(() => readTrack(bytes)).not.toThrow();
    }),
  );
});
