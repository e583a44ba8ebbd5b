/**
 * Hash files: the nodes of the ledger's tree on the disk, so that a proof reads some tiles and not the entries.
 *
 * `hashes/L` holds the nodes of level 8 L one behind the other, 32 bytes each: tile (L, N) are its bytes from
 * 8192 N on. Only of segments that are full; the leaves of the last one are in memory. Everything here can be
 * made again from the entries and is, when it is missing, cut or too long (`reach`).
 */
import type { Files } from "../files/files.ts";
import type { HashSource } from "./proof.ts";
import { readFullSegment } from "./segments.ts";
import { foldOf, nodesAt, tiledHashes, tileWidth, type KnownNodes, type TileId } from "./tiles.ts";
import { hashBytes, leafHash } from "./tree.ts";

const tileBytes = tileWidth * hashBytes;
/** Tiles that are appended with one fsync when many are missing. */
const tilesAtOnce = 256;

function hashFile(level: number): string {
  return `hashes/${level}`;
}

/** Makes every level complete for the full segments of a ledger of `size` entries. */
export async function reachHashes(files: Files, size: number): Promise<void> {
  const segments = Math.floor(size / tileWidth);
  await extend(files, { file: hashFile(0), count: segments, bytesEach: tileBytes }, (tile) =>
    leavesOf(files, tile),
  );
  for (let level = 1; nodesAt(level, size) > 0; level += 1) {
    await extend(
      files,
      { file: hashFile(level), count: nodesAt(level, size), bytesEach: hashBytes },
      (index) => aboveTile(files, level - 1, index),
    );
  }
}

/** Forgets those that a ledger of `size` entries did not have; `reachHashes` makes them again. */
export async function keepHashes(files: Files, size: number): Promise<void> {
  for (const name of await files.list("hashes")) {
    const level = Number(name);
    const kept = level === 0 ? Math.floor(size / tileWidth) * tileBytes : nodesAt(level, size) * hashBytes;
    if (((await files.size(hashFile(level))) ?? 0) > kept) await files.truncate(hashFile(level), kept);
  }
}

/** Nodes of a tree of `size` entries; `tail` = leaf hashes behind the last full segment, `nodes` = those that are known. */
export function storedHashes(
  files: Files,
  { size, tail, nodes }: { size: number; tail: readonly Uint8Array[]; nodes?: KnownNodes },
): HashSource {
  const read = async ({ level, index, width }: TileId): Promise<Uint8Array | null> => {
    if (level === 0 && index === Math.floor(size / tileWidth)) return joined(tail.slice(0, width));
    return files.readAt(hashFile(level), index * tileBytes, width * hashBytes);
  };
  return tiledHashes(size, read, nodes);
}

/** Leaf hashes of a full segment as they were stored; null = not there. */
export function storedLeaves(files: Files, segment: number): Promise<Uint8Array | null> {
  return files.readAt(hashFile(0), segment * tileBytes, tileBytes);
}

interface Wanted {
  readonly file: string;
  readonly count: number;
  readonly bytesEach: number;
}

async function extend(
  files: Files,
  { file, count, bytesEach }: Wanted,
  make: (index: number) => Promise<Uint8Array>,
): Promise<void> {
  const bytes = (await files.size(file)) ?? 0;
  let there = Math.min(count, Math.floor(bytes / bytesEach));
  if (bytes !== there * bytesEach) await files.truncate(file, there * bytesEach);
  while (there < count) {
    const next = Math.min(count, there + tilesAtOnce);
    const made: Uint8Array[] = [];
    for (let index = there; index < next; index += 1) made.push(await make(index));
    await files.append(file, joined(made));
    there = next;
  }
}

async function leavesOf(files: Files, segment: number): Promise<Uint8Array> {
  return joined((await readFullSegment(files, segment)).map(leafHash));
}

async function aboveTile(files: Files, level: number, index: number): Promise<Uint8Array> {
  const tile = await files.readAt(hashFile(level), index * tileBytes, tileBytes);
  return foldOf(tile ?? new Uint8Array(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
