import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBundle, encodeBundle } from "../../../daemon/ledger/bundle.ts";
import { entriesPath, tiledHashes, tilePath, tilesBetween, widthOf } from "../../../daemon/ledger/tiles.ts";

test.each([
  [tilePath(0, 0), "tile/0/000"],
  [tilePath(1, 67, 8), "tile/1/067.p/8"],
  [tilePath(0, 1_234_067), "tile/0/x001/x234/067"],
  [entriesPath(1000, 255), "tile/entries/x001/000.p/255"],
])("%s is where the specification puts it", (path, expected) => {
  expect(path).toBe(expected);
});

test("growing by some entries touches the tiles of these and no others", () => {
  expect(tilesBetween(0, 1)).toEqual([{ level: 0, index: 0, width: 1 }]);
  expect(tilesBetween(255, 257)).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 0, index: 1, width: 1 },
    { level: 1, index: 0, width: 1 },
  ]);
  expect(tilesBetween(300, 300)).toEqual([]);
  expect(widthOf(1, 0, 70_000)).toBe(256);
  expect(widthOf(2, 0, 70_000)).toBe(1);
});

test("a tile that is missing or cut is told, not guessed", async () => {
  const missing = tiledHashes(3, () => Promise.resolve(null));
  await expect(missing.node({ level: 0, index: 0 })).rejects.toThrow("tile/0/000 of the tree is missing");
  const cut = tiledHashes(3, () => Promise.resolve(new Uint8Array(64)));
  await expect(cut.node({ level: 1, index: 0 })).rejects.toMatchObject({ kind: "corrupt" });
  const whole = tiledHashes(3, () => Promise.resolve(new Uint8Array(96)));
  await expect(whole.node({ level: 0, index: 3 })).rejects.toMatchObject({ kind: "corrupt" });
});

test("a bundle gives back its entries", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
      expect(decodeBundle(encodeBundle(entries)).map((entry) => [...entry])).toEqual(
        entries.map((entry) => [...entry]),
      );
    }),
    { numRuns: 50 },
  );
});

test("a bundle that is cut or too full is refused", () => {
  const bytes = encodeBundle([new Uint8Array(5), new Uint8Array(0)]);
  for (const length of [1, 6, 8]) expect(() => decodeBundle(bytes.subarray(0, length))).toThrow("cut");
  const tooMany = Array.from({ length: 257 }, () => new Uint8Array(0));
  expect(() => encodeBundle(tooMany)).toThrow("at most 256");
  expect(() => decodeBundle(new Uint8Array(257 * 2))).toThrow("at most 256");
  expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow("longer than 65535");
});
