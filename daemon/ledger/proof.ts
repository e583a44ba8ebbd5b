/**
 * Proof: that an entry is in a tree, and that a tree is an earlier one with entries added (RFC 6962
 * sections 2.1.1 and 2.1.2; checking as in RFC 9162 sections 2.1.3.2 and 2.1.4.2).
 *
 * Checking is pure and says yes or no, whatever it is given. Making reads some 2 log2(size) nodes from a
 * `HashSource` and throws Fault `invalid` for a place that is not in the tree.
 */
import { Fault } from "../../hal/fault.ts";
import { hashBytes, isSameHash, nodeHash, nodeOf, splitOf, emptyRoot, type NodeId } from "./tree.ts";

export interface HashSource {
  /** Throws Fault `corrupt` when it is not there. */
  node(id: NodeId): Promise<Uint8Array>;
}

export async function treeRoot(source: HashSource, size: number): Promise<Uint8Array> {
  return size === 0 ? emptyRoot : rootBetween(source, 0, size);
}

export async function proveInclusion(
  source: HashSource,
  { index, size }: { index: number; size: number },
): Promise<Uint8Array[]> {
  if (!isPlace(index) || !isPlace(size) || index >= size)
    throw new Fault("invalid", `entry ${index} is not in a tree of ${size}`);
  const proof: Uint8Array[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    const isLeft = index < middle;
    proof.push(await (isLeft ? rootBetween(source, middle, end) : rootBetween(source, begin, middle)));
    [begin, end] = isLeft ? [begin, middle] : [middle, end];
  }
  return proof.toReversed();
}

/** Empty when the earlier tree is empty or the same. */
export async function proveConsistency(
  source: HashSource,
  { size1, size2 }: { size1: number; size2: number },
): Promise<Uint8Array[]> {
  if (!isPlace(size1) || !isPlace(size2) || size1 > size2)
    throw new Fault("invalid", `a tree of ${size2} entries did not grow from one of ${size1}`);
  if (size1 === 0 || size1 === size2) return [];
  const proof: Uint8Array[] = [];
  let [begin, end] = [0, size2];
  while (end !== size1) {
    const middle = begin + splitOf(end - begin);
    const isLeft = size1 <= middle;
    proof.push(await (isLeft ? rootBetween(source, middle, end) : rootBetween(source, begin, middle)));
    [begin, end] = isLeft ? [begin, middle] : [middle, end];
  }
  if (begin > 0) proof.push(await rootBetween(source, begin, end));
  return proof.toReversed();
}

async function rootBetween(source: HashSource, begin: number, end: number): Promise<Uint8Array> {
  const node = nodeOf(begin, end);
  if (node !== null) return source.node(node);
  const middle = begin + splitOf(end - begin);
  return nodeHash(await rootBetween(source, begin, middle), await rootBetween(source, middle, end));
}

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  /** Hash of the entry (`leafHash`). */
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      [node, last] = pastRight(node, last);
    } else hash = nodeHash(hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSameHash(hash, root);
}

export interface Consistency {
  readonly size1: number;
  readonly root1: Uint8Array;
  readonly size2: number;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

export function verifyConsistency({ size1, root1, size2, root2, proof }: Consistency): boolean {
  if (!isPlace(size1) || !isPlace(size2) || size1 > size2 || !areHashes([root1, root2, ...proof]))
    return false;
  if (size1 === size2) return proof.length === 0 && isSameHash(root1, root2);
  if (size1 === 0) return proof.length === 0 && isSameHash(root1, emptyRoot);
  const isNode = nodeOf(0, size1) !== null;
  const [first, ...rest] = isNode ? [root1, ...proof] : proof;
  if (first === undefined) return false;
  let [node, last] = [size1 - 1, size2 - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [old, now] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = nodeHash(hash, old);
      now = nodeHash(hash, now);
      [node, last] = pastRight(node, last);
    } else now = nodeHash(now, hash);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSameHash(old, root1) && isSameHash(now, root2);
}

/** A right edge that has no sibling on its level goes up until it is a right child. */
function pastRight(node: number, last: number): [number, number] {
  let [up, upLast] = [node, last];
  while (up % 2 === 0 && up !== 0) [up, upLast] = [half(up), half(upLast)];
  return [up, upLast];
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPlace(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(({ length }) => length === hashBytes);
}
