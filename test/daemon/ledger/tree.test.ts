import fc from "fast-check";
import { sha256 as byNoble } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { emptyRange, rangeFromJson, rangeToJson, rootOf } from "../../../daemon/ledger/range.ts";
import { sha256 } from "../../../daemon/ledger/sha256.ts";
import { emptyRoot } from "../../../daemon/ledger/tree.ts";
import { definedRoot, fromHex, hex, rangeOf, someEntries } from "./trees.ts";

/** The entries and roots of Certificate Transparency's own reference tests (RFC 6962). */
const known = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map(fromHex);
const knownRoots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test.each(knownRoots.map((root, size) => ({ root, size })))(
  "the known tree of $size entries",
  ({ root, size }) => {
    expect(hex(rootOf(rangeOf(known.slice(0, size))))).toBe(root);
  },
);

test("Node and browsers hash alike", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => hex(sha256(bytes)) === hex(byNoble(bytes))),
  );
});

test("the edge of a tree has the root that RFC 6962 defines, at every size", () => {
  const entries = someEntries(300);
  let size = 0;
  for (; size <= 70; size += 1)
    expect(rootOf(rangeOf(entries.slice(0, size)))).toEqual(definedRoot(entries.slice(0, size)));
  for (const large of [127, 128, 129, 255, 256, 257, 300])
    expect(rootOf(rangeOf(entries.slice(0, large)))).toEqual(definedRoot(entries.slice(0, large)));
});

test("an edge survives being written as JSON", () => {
  fc.assert(
    fc.property(fc.nat(200), (size) => {
      const range = rangeOf(someEntries(size));
      expect(rangeFromJson(JSON.parse(JSON.stringify(rangeToJson(range))))).toEqual(range);
    }),
  );
  expect(rootOf(emptyRange)).toEqual(emptyRoot);
});

test.each([
  ["a hash too few", { size: 3, hashes: [rangeToJson(rangeOf(someEntries(1))).hashes[0]] }],
  ["a hash too many", { ...rangeToJson(rangeOf(someEntries(3))), size: 4 }],
  ["a hash that is none", { size: 1, hashes: ["="] }],
  ["no size", { hashes: [] }],
])("an edge with %s is refused", (_, json) => {
  expect(() => rangeFromJson(json)).toThrow("not the edge of a tree");
});
