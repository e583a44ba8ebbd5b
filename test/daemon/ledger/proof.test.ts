import fc from "fast-check";
import { expect, test } from "vitest";
import {
  proveConsistency,
  proveInclusion,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "../../../daemon/ledger/proof.ts";
import { leafHash } from "../../../daemon/ledger/tree.ts";
import { definedRoot, fromHex, hex, someEntries, sourceOf } from "./trees.ts";

const entries = someEntries(600);
const source = sourceOf(entries);
const rootAt = (size: number): Uint8Array => definedRoot(entries.slice(0, size));

test("the known proof of the first of eight entries", () => {
  const proof = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  ].map(fromHex);
  const root = fromHex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  const leaf = leafHash(new Uint8Array(0));
  expect(verifyInclusion({ index: 0, size: 8, leaf, proof, root })).toBe(true);
  expect(verifyConsistency({ size1: 1, root1: leaf, size2: 8, root2: root, proof })).toBe(true);
});

test("every entry of every small tree is proved to be in it", async () => {
  for (let size = 1; size <= 40; size += 1) {
    const small = sourceOf(entries.slice(0, size));
    const root = rootAt(size);
    expect(hex(await treeRoot(small, size))).toBe(hex(root));
    for (let index = 0; index < size; index += 1) {
      const proof = await proveInclusion(small, { index, size });
      expect(verifyInclusion({ index, size, leaf: leafHash(entries[index] ?? root), proof, root })).toBe(
        true,
      );
    }
  }
});

test("every small tree is proved to have grown from every earlier one", async () => {
  const small = sourceOf(entries.slice(0, 40));
  for (let size2 = 0; size2 <= 40; size2 += 1) {
    for (let size1 = 0; size1 <= size2; size1 += 1) {
      const proof = await proveConsistency(small, { size1, size2 });
      const [root1, root2] = [rootAt(size1), rootAt(size2)];
      expect(verifyConsistency({ size1, root1, size2, root2, proof })).toBe(true);
    }
  }
});

test("proofs of trees of several tiles hold too", async () => {
  for (const size of [255, 256, 257, 511, 512, 513, 600]) {
    const root = rootAt(size);
    for (const index of [0, 1, 254, size - 1]) {
      const proof = await proveInclusion(source, { index, size });
      expect(verifyInclusion({ index, size, leaf: leafHash(entries[index] ?? root), proof, root })).toBe(
        true,
      );
    }
    const proof = await proveConsistency(source, { size1: size, size2: 600 });
    expect(verifyConsistency({ size1: size, root1: root, size2: 600, root2: rootAt(600), proof })).toBe(true);
  }
});

const sizes = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }));
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const at = Math.floor(bit / 8) % bytes.length;
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << (bit % 8)) : byte));
};

test("a consistency proof with any change is refused", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(255), fc.nat(), async ([a, b], bit, which) => {
      const [size1, size2] = [Math.min(a, b), Math.max(a, b)];
      const proof = await proveConsistency(source, { size1, size2 });
      const good = { size1, root1: rootAt(size1), size2, root2: rootAt(size2), proof };
      expect(verifyConsistency(good)).toBe(true);
      expect(verifyConsistency({ ...good, root1: flipped(good.root1, bit) })).toBe(false);
      expect(verifyConsistency({ ...good, root2: flipped(good.root2, bit) })).toBe(false);
      expect(verifyConsistency({ ...good, proof: [...proof, good.root1] })).toBe(false);
      if (proof.length === 0) return;
      const at = which % proof.length;
      const changed = proof.map((hash, index) => (index === at ? flipped(hash, bit) : hash));
      expect(verifyConsistency({ ...good, proof: changed })).toBe(false);
      expect(verifyConsistency({ ...good, proof: proof.toSpliced(at, 1) })).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("an inclusion proof with any change is refused", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(255), fc.nat(), async ([a, b], bit, which) => {
      const [index, size] = [Math.min(a, b) - 1, Math.max(a, b)];
      const proof = await proveInclusion(source, { index, size });
      const good = {
        index,
        size,
        leaf: leafHash(entries[index] ?? new Uint8Array()),
        proof,
        root: rootAt(size),
      };
      expect(verifyInclusion(good)).toBe(true);
      expect(verifyInclusion({ ...good, leaf: flipped(good.leaf, bit) })).toBe(false);
      expect(verifyInclusion({ ...good, root: flipped(good.root, bit) })).toBe(false);
      expect(verifyInclusion({ ...good, index: size })).toBe(false);
      expect(verifyInclusion({ ...good, proof: [...proof, good.leaf] })).toBe(false);
      if (proof.length === 0) return;
      const at = which % proof.length;
      const changed = proof.map((hash, index) => (index === at ? flipped(hash, bit) : hash));
      expect(verifyInclusion({ ...good, proof: changed })).toBe(false);
      expect(verifyInclusion({ ...good, proof: proof.toSpliced(at, 1) })).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("a proof of what is not there is not made, and nonsense is no proof", async () => {
  await expect(proveInclusion(source, { index: 5, size: 5 })).rejects.toThrow("not in a tree of 5");
  await expect(proveConsistency(source, { size1: 6, size2: 5 })).rejects.toThrow("did not grow");
  const [root1, root2] = [rootAt(2), rootAt(3)];
  for (const [size1, size2] of [
    [-1, 3],
    [0.5, 3],
    [Number.NaN, 3],
    [3, 2],
  ] as const)
    expect(verifyConsistency({ size1, root1, size2, root2, proof: [] })).toBe(false);
  const proof = [new Uint8Array(31)];
  expect(verifyConsistency({ size1: 2, root1, size2: 3, root2, proof })).toBe(false);
});
