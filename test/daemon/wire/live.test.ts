import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeLive,
  encodeLive,
  liveHeaderBytes,
  liveKinds,
  liveMaxBytes,
} from "../../../daemon/wire/live.ts";

const unit = fc.record({
  kind: fc.constantFrom("init" as const, "key" as const, "delta" as const),
  ptsUs: fc.maxSafeNat(),
  wallMs: fc.maxSafeNat(),
  payload: fc.uint8Array({ maxLength: 500 }),
});

test("any unit comes back as it went", () => {
  fc.assert(
    fc.property(unit, (sent) => {
      expect(decodeLive(encodeLive(sent))).toEqual(sent);
    }),
  );
});

test("a unit inside a larger buffer is read from its own place", () => {
  const sent = { kind: "key" as const, ptsUs: 1, wallMs: 2, payload: Uint8Array.of(3, 4) };
  const wide = new Uint8Array(100);
  wide.set(encodeLive(sent), 41);
  expect(decodeLive(wide.subarray(41, 41 + liveHeaderBytes + 2))).toEqual(sent);
});

test("the layout on the wire is fixed: pages of other versions read it", () => {
  const bytes = encodeLive({ kind: "delta", ptsUs: 0x0102, wallMs: 0x0304, payload: Uint8Array.of(9) });
  expect(Array.from(bytes)).toEqual([3, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 9]);
  expect(liveKinds).toEqual({ init: 1, key: 2, delta: 3 });
});

test("times are rounded to whole units, and a payload may be empty", () => {
  const bytes = encodeLive({ kind: "init", ptsUs: 1.5, wallMs: 2.4, payload: new Uint8Array(0) });
  expect(decodeLive(bytes)).toMatchObject({ ptsUs: 2, wallMs: 2 });
  expect(bytes.length).toBe(liveHeaderBytes);
});

test.each([
  ["nothing", new Uint8Array(0), /0 bytes is shorter/],
  ["half a header", new Uint8Array(16).fill(1), /16 bytes is shorter/],
  ["kind 0", new Uint8Array(17), /unknown kind 0/],
  ["kind 4", new Uint8Array(17).fill(4), /unknown kind 4/],
  ["more than the largest unit", new Uint8Array(liveMaxBytes + 1).fill(1), /larger than/],
])("%s is refused with a Fault", (_, bytes, message) => {
  expect(() => decodeLive(bytes)).toThrow(message);
  expect(() => decodeLive(bytes)).toThrow(expect.objectContaining({ name: "Fault", kind: "invalid" }));
});

test("decoding any bytes gives a unit or a Fault, nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        const read = decodeLive(bytes);
        expect(read.payload.length).toBe(bytes.length - liveHeaderBytes);
      } catch (error) {
        expect(error).toMatchObject({ name: "Fault", kind: "invalid" });
      }
    }),
  );
});
