/**
 * Trees for tests: the definition of RFC 6962 word for word (slow, recursive, every entry held), and
 * the tree's nodes kept in tiles, as the ledger and the portal keep them.
 */
import { emptyRange, appended, type CompactRange } from "../../../daemon/ledger/range.ts";
import { tilePath, tiledHashes, tilesBetween, widthOf } from "../../../daemon/ledger/tiles.ts";
import type { HashSource } from "../../../daemon/ledger/proof.ts";
import { emptyRoot, leafHash, nodeHash } from "../../../daemon/ledger/tree.ts";

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

/** MTH of RFC 6962 section 2.1. */
export function definedRoot(entries: readonly Uint8Array[]): Uint8Array {
  const [first] = entries;
  if (first === undefined) return emptyRoot;
  if (entries.length === 1) return leafHash(first);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return nodeHash(definedRoot(entries.slice(0, split)), definedRoot(entries.slice(split)));
}

export function rangeOf(entries: readonly Uint8Array[]): CompactRange {
  return entries.reduce(appended, emptyRange);
}

/** Entries of different lengths, all different. */
export function someEntries(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) =>
    new TextEncoder().encode(`${"x".repeat(index % 7)}${index}`),
  );
}

/** Tiles of a tree as files. */
export function tilesOf(entries: readonly Uint8Array[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let level = entries.map(leafHash);
  for (let tileLevel = 0; level.length > 0; tileLevel += 1) {
    for (const { level: at, index, width } of tilesBetween(0, entries.length)) {
      if (at !== tileLevel) continue;
      files.set(tilePath(at, index, width), Buffer.concat(level.slice(index * 256, index * 256 + width)));
    }
    const above: Uint8Array[] = [];
    for (let at = 0; at + 256 <= level.length; at += 256) {
      let row = level.slice(at, at + 256);
      while (row.length > 1) row = pairs(row);
      above.push(...row);
    }
    level = above;
  }
  return files;
}

function pairs(row: readonly Uint8Array[]): Uint8Array[] {
  return row.flatMap((left, at) => {
    const right = row[at + 1];
    return at % 2 === 0 && right !== undefined ? [nodeHash(left, right)] : [];
  });
}

export function sourceOf(entries: readonly Uint8Array[]): HashSource {
  const files = tilesOf(entries);
  return tiledHashes(entries.length, ({ level, index }) =>
    Promise.resolve(files.get(tilePath(level, index, widthOf(level, index, entries.length))) ?? null),
  );
}
