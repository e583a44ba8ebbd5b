/**
 * Compact range: the right edge of a tree, one hash per set bit of its size. Enough to append and to
 * know every later root, in a kilobyte, without the entries. Pure; a range is never changed, a new one is made.
 */
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import type { HashSource } from "./proof.ts";
import { emptyRoot, hashBytes, leafHash, nodeHash } from "./tree.ts";

export interface CompactRange {
  readonly size: number;
  /** Roots of the complete subtrees, largest (leftmost) first. */
  readonly hashes: readonly Uint8Array[];
}

export const emptyRange: CompactRange = { size: 0, hashes: [] };

export function appended(range: CompactRange, entry: Uint8Array): CompactRange {
  return appendedHash(range, leafHash(entry));
}

/** The same of a leaf whose hash is known. */
export function appendedHash({ size, hashes }: CompactRange, leaf: Uint8Array): CompactRange {
  const next = [...hashes];
  let hash = leaf;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = next.pop();
    if (left === undefined) throw new Fault("corrupt", `a tree of ${size} entries lacks a hash`);
    hash = nodeHash(left, hash);
  }
  next.push(hash);
  return { size: size + 1, hashes: next };
}

export function rootOf({ hashes }: CompactRange): Uint8Array {
  const [last, ...larger] = hashes.toReversed();
  return last === undefined ? emptyRoot : larger.reduce((right, left) => nodeHash(left, right), last);
}

/** The edge of a tree whose nodes are stored. */
export async function rangeOfSource(source: HashSource, size: number): Promise<CompactRange> {
  const hashes: Uint8Array[] = [];
  let begin = 0;
  for (let width = 2 ** 52; width >= 1; width /= 2) {
    if (size - begin < width) continue;
    hashes.push(await source.node({ level: Math.round(Math.log2(width)), index: begin / width }));
    begin += width;
  }
  return { size, hashes };
}

/** As it is kept in files: hashes in base64. */
export const rangeSchema = z.strictObject({
  size: z.int().min(0),
  hashes: z.array(z.string().length(44)).max(53),
});
export type RangeJson = z.output<typeof rangeSchema>;

export function rangeToJson({ size, hashes }: CompactRange): RangeJson {
  return { size, hashes: hashes.map(toBase64) };
}

/** Throws Fault `corrupt` when the hashes cannot be those of `size` entries. */
export function rangeFromJson(input: unknown): CompactRange {
  const json = rangeSchema.safeParse(input);
  const hashes = json.data?.hashes.map(fromBase64) ?? [];
  const whole = hashes.filter((hash) => hash?.length === hashBytes).filter((hash) => hash !== null);
  if (!json.success || whole.length !== onesOf(json.data.size) || whole.length !== hashes.length)
    throw new Fault("corrupt", "this is not the edge of a tree");
  return { size: json.data.size, hashes: whole };
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
