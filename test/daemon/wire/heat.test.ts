import fc from "fast-check";
import { expect, test } from "vitest";
import { lights } from "../../../daemon/sight/zones.ts";
import { decodeHeat, encodeHeat, heatHeaderBytes, isHeat, type HeatUnit } from "../../../daemon/wire/heat.ts";
import { encodeLive, liveKinds } from "../../../daemon/wire/live.ts";

const unit: fc.Arbitrary<HeatUnit> = fc
  .tuple(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 27 }))
  .chain(([cols, rows]) => {
    const cells = { minLength: cols * rows, maxLength: cols * rows };
    return fc.record({
      ptsUs: fc.nat(2 ** 31),
      wallMs: fc.nat(2 ** 31),
      light: fc.constantFrom(...lights),
      cols: fc.constant(cols),
      rows: fc.constant(rows),
      levels: fc.uint8Array(cells),
      stirring: fc.uint8Array(cells),
    });
  });

test("law: what is encoded is decoded, and is never taken for a live unit", () => {
  fc.assert(
    fc.property(unit, (heat) => {
      const bytes = encodeHeat(heat);
      expect(decodeHeat(bytes)).toEqual(heat);
      expect([isHeat(bytes), Object.values(liveKinds).includes(bytes[0] as never)]).toEqual([true, false]);
    }),
  );
});

const whole = encodeHeat({
  ptsUs: 1,
  wallMs: 1,
  light: "dark",
  cols: 4,
  rows: 3,
  levels: new Uint8Array(12),
  stirring: new Uint8Array(12),
});
const changed = (at: number, value: number): Uint8Array => whole.map((byte, i) => (i === at ? value : byte));

test.each([
  ["nothing", new Uint8Array()],
  ["a header that is cut", whole.subarray(0, heatHeaderBytes - 1)],
  ["a frame that is cut", whole.subarray(0, -1)],
  ["a frame with a byte too many", new Uint8Array([...whole, 0])],
  ["a light that nobody knows", changed(17, lights.length)],
  ["no cells", changed(18, 0)],
  [
    "more cells than a grid has",
    new Uint8Array([...changed(18, 255).fill(255, 19, 20), ...new Uint8Array(130_026)]),
  ],
  ["a live unit", encodeLive({ kind: "key", ptsUs: 1, wallMs: 1, payload: new Uint8Array(30) })],
])("%s is no heat", (_what, bytes) => {
  expect(() => decodeHeat(bytes)).toThrow(expect.objectContaining({ kind: "invalid" }));
});
