/**
 * Tree: the two hashes of RFC 6962 section 2.1, and which nodes a range of leaves is made of.
 *
 * A node is named by its level (0 = leaf) and its index there; node (l, i) covers the leaves from i * 2^l to
 * (i + 1) * 2^l and never changes once they are there. Everything else (roots, proofs, tiles) is made of
 * such nodes. Pure; runs in Node and in browsers.
 */
import { sha256 } from "./sha256.ts";

export const hashBytes = 32;
/** The root of the tree without leaves. */
export const emptyRoot = sha256(new Uint8Array(0));

export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * hashBytes);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + hashBytes);
  return sha256(input);
}

export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** The largest power of two below `count`, as RFC 6962 splits; `count` > 1. */
export function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The node that covers exactly `begin` to `end`; null = there is none. */
export function nodeOf(begin: number, end: number): NodeId | null {
  const count = end - begin;
  let level = 0;
  while (2 ** level < count) level += 1;
  return 2 ** level === count && begin % count === 0 ? { level, index: begin / count } : null;
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
