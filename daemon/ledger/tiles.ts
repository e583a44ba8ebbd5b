/**
 * Tiles: where the nodes of a tree lie in files (https://c2sp.org/tlog-tiles).
 *
 * Tile (L, N) holds up to 256 nodes of level 8 L, from index 256 N on, 32 bytes each; a full one never
 * changes. What is between level 8 L and 8 L + 8 is computed from it. The path of a tile that is not full
 * ends in `.p/WIDTH`. Pure.
 */
import { Fault } from "../../hal/fault.ts";
import type { HashSource } from "./proof.ts";
import type { CompactRange } from "./range.ts";
import { hashBytes, nodeHash, type NodeId } from "./tree.ts";

export const tileWidth = 256;
export const tileLevels = 8;

/** `tile/1/x001/x234/067.p/8`; without a width for a full one. */
export function tilePath(level: number, index: number, width = tileWidth): string {
  return `tile/${level}/${place(index, width)}`;
}

/** `tile/entries/x001/067.p/8`: up to 256 entries (bundle.ts). */
export function entriesPath(index: number, width = tileWidth): string {
  return `tile/entries/${place(index, width)}`;
}

/** Three digits a folder, all but the last with an x before. */
function place(index: number, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/\d{3}/gu) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return width === tileWidth ? path : `${path}.p/${width}`;
}

export interface TileId {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Nodes of a level of tiles in a tree of `size` entries. */
export function nodesAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The width of a tile in a tree of `size` entries; 0 = there is none. */
export function widthOf(level: number, index: number, size: number): number {
  return Math.min(tileWidth, Math.max(0, nodesAt(level, size) - index * tileWidth));
}

/** Every tile that is new or wider when a tree grows. */
export function tilesBetween(from: number, to: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; nodesAt(level, to) > 0; level += 1) {
    const before = nodesAt(level, from);
    const after = nodesAt(level, to);
    if (after === before) break;
    for (let index = Math.floor(before / tileWidth); index * tileWidth < after; index += 1)
      tiles.push({ level, index, width: widthOf(level, index, to) });
  }
  return tiles;
}

/** By "level/index". A node never changes, so these hold for every later tree. */
export type KnownNodes = Map<string, Uint8Array>;

/**
 * Nodes out of tiles. `read` gives at least `width` hashes of a tile, or null.
 * `nodes`: those that are known already, and those that are computed. Throws Fault `corrupt` for a tile that is missing or short.
 */
export function tiledHashes(
  size: number,
  read: (tile: TileId) => Promise<Uint8Array | null>,
  nodes: KnownNodes = new Map(),
): HashSource {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const tileOf = (level: number, index: number): Promise<Uint8Array> => {
    const name = tilePath(level, index);
    const tile = tiles.get(name) ?? readTile({ level, index, width: widthOf(level, index, size) }, read);
    tiles.set(name, tile);
    return tile;
  };
  const fold = (hashes: Uint8Array, { level, index }: NodeId): Uint8Array => {
    if (hashes.length === hashBytes) return hashes.slice();
    const name = `${level}/${index}`;
    const known = nodes.get(name);
    if (known !== undefined) return known;
    const middle = hashes.length / 2;
    const left = fold(hashes.subarray(0, middle), { level: level - 1, index: 2 * index });
    const right = fold(hashes.subarray(middle), { level: level - 1, index: 2 * index + 1 });
    const hash = nodeHash(left, right);
    nodes.set(name, hash);
    return hash;
  };
  return {
    async node({ level, index }) {
      const known = nodes.get(`${level}/${index}`);
      if (known !== undefined) return known;
      const tileLevel = Math.floor(level / tileLevels);
      const count = 2 ** (level % tileLevels);
      const first = index * count;
      const tileIndex = Math.floor(first / tileWidth);
      const tile = await tileOf(tileLevel, tileIndex);
      const at = (first % tileWidth) * hashBytes;
      if (at + count * hashBytes > tile.length) throw missing(tilePath(tileLevel, tileIndex));
      return fold(tile.subarray(at, at + count * hashBytes), { level, index });
    },
  };
}

/** Adds what a right edge says. */
export function knowEdge(nodes: KnownNodes, { size, hashes }: CompactRange): void {
  let [rest, level] = [size, 0];
  for (const hash of hashes.toReversed()) {
    for (; rest % 2 === 0; rest /= 2) level += 1;
    nodes.set(`${level}/${rest - 1}`, hash);
    rest -= 1;
  }
}

async function readTile(
  tile: TileId,
  read: (tile: TileId) => Promise<Uint8Array | null>,
): Promise<Uint8Array> {
  const bytes = tile.width === 0 ? null : await read(tile);
  if (bytes === null || bytes.length < tile.width * hashBytes)
    throw missing(tilePath(tile.level, tile.index));
  return bytes;
}

/** The node above 2^k nodes that lie side by side. */
export function foldOf(hashes: Uint8Array): Uint8Array {
  if (hashes.length === hashBytes) return hashes.slice();
  const middle = hashes.length / 2;
  return nodeHash(foldOf(hashes.subarray(0, middle)), foldOf(hashes.subarray(middle)));
}

function missing(path: string): Fault {
  return new Fault("corrupt", `${path} of the tree is missing or cut`);
}
