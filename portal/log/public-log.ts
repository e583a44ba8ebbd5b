/**
 * Public log: entries in one order that everybody sees, as static files (https://c2sp.org/tlog-tiles).
 *
 *   log/checkpoint                    size and root, signed
 *   log/tile/<L>/<N>[.p/<W>]          hashes of the tree
 *   log/tile/entries/<N>[.p/<W>]      the entries
 *   log-next                          a checkpoint that is durable and not yet seen by anybody
 *
 * An append writes bundles and tiles, then `log-next`, then `checkpoint`, each durable before the next begins.
 * `log-next` decides: before it the append never happened, and what it left is written over; after it the
 * checkpoint is brought up at the next start. So nobody ever sees a checkpoint that a power cut takes back,
 * and a log only grows. Files that belong to no checkpoint yet are not served (serve.ts).
 *
 * Whoever appends holds the store's `alone`: one writer over all processes.
 */
import { decodeBundle, encodeBundle } from "../../daemon/ledger/bundle.ts";
import { openCheckpoint, signCheckpoint, type Checkpoint } from "../../daemon/ledger/checkpoint.ts";
import type { NoteSigner } from "../../daemon/ledger/note.ts";
import { treeRoot, type HashSource } from "../../daemon/ledger/proof.ts";
import {
  entriesPath,
  foldOf,
  nodesAt,
  tiledHashes,
  tilePath,
  tilesBetween,
  tileWidth,
  widthOf,
  type TileId,
} from "../../daemon/ledger/tiles.ts";
import { emptyRoot, hashBytes, leafHash } from "../../daemon/ledger/tree.ts";
import type { Files } from "../../daemon/files/files.ts";
import { Fault } from "../../hal/fault.ts";

export const maxEntryBytes = 16 * 1024;
const checkpointFile = "log/checkpoint";
const nextFile = "log-next";

export type LogState = Omit<Checkpoint, "origin">;

export interface PublicLogOptions {
  /** The data folder. */
  readonly files: Files;
  readonly signer: NoteSigner;
  readonly logKey: string;
}

export class PublicLog {
  readonly #files: Files;
  readonly #signer: NoteSigner;
  readonly #logKey: string;
  #prunedTo = 0;

  constructor({ files, signer, logKey }: PublicLogOptions) {
    this.#files = files;
    this.#signer = signer;
    this.#logKey = logKey;
  }

  /** As it is published; what a crash left undone is brought to its end first. A new log is published empty. */
  async settle(): Promise<LogState> {
    const shown = await this.#read(checkpointFile);
    const next = await this.#read(nextFile);
    if (next !== null && next.size > (shown?.size ?? -1)) return this.#publish(next);
    return shown ?? this.#publish({ size: 0, root: emptyRoot });
  }

  /** Places of the first and the one behind the last. Throws Fault `invalid` for an entry that is too long. */
  async append(entries: readonly Uint8Array[]): Promise<LogState> {
    for (const { length } of entries)
      if (length === 0 || length > maxEntryBytes)
        throw new Fault("invalid", `an entry of ${length} bytes; 1 to ${maxEntryBytes} are allowed`);
    const { size: from, root } = await this.settle();
    if (entries.length === 0) return { size: from, root };
    const to = from + entries.length;
    await this.#writeBundles(entries, from);
    const tiles = await this.#writeTiles(entries.map(leafHash), from);
    const hashes = tiledHashes(
      to,
      async (tile) => tiles.get(tilePath(tile.level, tile.index)) ?? this.#tile(tile),
    );
    const state = { size: to, root: await treeRoot(hashes, to) };
    await this.#files.write(nextFile, this.#signed(state));
    return this.#publish(state);
  }

  /** Up to the end of a bundle. */
  async entries(from: number, size: number): Promise<Uint8Array[]> {
    const index = Math.floor(from / tileWidth);
    const bundle = await this.#files.read(`log/${entriesPath(index, widthOf(0, index, size))}`);
    if (bundle === null) throw new Fault("corrupt", `a bundle of the public log is missing`);
    return decodeBundle(bundle).slice(from - index * tileWidth);
  }

  /** Of the first `size` entries of a log of `grown`. */
  rootAt(size: number, grown: number): Promise<Uint8Array> {
    return treeRoot(this.hashes(grown), size);
  }

  hashes(size: number): HashSource {
    return tiledHashes(size, (tile) => this.#tile(tile));
  }

  /**
   * Removes partial files of tiles that are full, but for the newest full one of each level: who has just
   * read a checkpoint still finds what it names. Returns how many.
   */
  async prune(size: number): Promise<number> {
    let removed = 0;
    const full = Math.floor(size / tileWidth) - 1;
    for (; this.#prunedTo < full; this.#prunedTo += 1) {
      removed += await this.#pruneFolder(`log/${entriesPath(this.#prunedTo)}.p`);
      for (let level = 0, index = this.#prunedTo; ; level += 1) {
        removed += await this.#pruneFolder(`log/${tilePath(level, index)}.p`);
        if ((index + 1) % tileWidth !== 0) break;
        index = (index + 1) / tileWidth - 1;
      }
    }
    return removed;
  }

  async #pruneFolder(folder: string): Promise<number> {
    const names = await this.#files.list(folder);
    for (const name of names) await this.#files.remove(`${folder}/${name}`);
    return names.length;
  }

  async #writeBundles(entries: readonly Uint8Array[], from: number): Promise<void> {
    const to = from + entries.length;
    for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index += 1) {
      const begin = Math.max(from, index * tileWidth);
      const before = begin % tileWidth === 0 ? [] : await this.entries(index * tileWidth, from);
      const end = Math.min(to, (index + 1) * tileWidth);
      const bundle = encodeBundle([...before, ...entries.slice(begin - from, end - from)]);
      await this.#files.write(`log/${entriesPath(index, end - index * tileWidth)}`, bundle);
    }
  }

  /** By path of the full tile. */
  async #writeTiles(leaves: readonly Uint8Array[], from: number): Promise<Map<string, Uint8Array>> {
    const made = new Map<string, Uint8Array>();
    for (const { level, index, width } of tilesBetween(from, from + leaves.length)) {
      const known = widthOf(level, index, from);
      const bytes = new Uint8Array(width * hashBytes);
      if (known > 0) bytes.set((await this.#tile({ level, index, width: known })) ?? []);
      const first = nodesAt(level, from);
      for (let at = known; at < width; at += 1) {
        const node = index * tileWidth + at;
        const below = level === 0 ? leaves[node - first] : made.get(tilePath(level - 1, node));
        if (below === undefined) throw new Fault("bug", "a tile was made before the one below it");
        bytes.set(level === 0 ? below : foldOf(below), at * hashBytes);
      }
      made.set(tilePath(level, index), bytes);
      await this.#files.write(`log/${tilePath(level, index, width)}`, bytes);
    }
    return made;
  }

  #tile({ level, index, width }: TileId): Promise<Uint8Array | null> {
    return this.#files.read(`log/${tilePath(level, index, width)}`);
  }

  async #publish(state: LogState): Promise<LogState> {
    await this.#files.write(checkpointFile, this.#signed(state));
    return state;
  }

  #signed(state: LogState): Uint8Array {
    return new TextEncoder().encode(signCheckpoint(state, this.#signer));
  }

  /** Throws Fault `corrupt`: not this log's. */
  async #read(name: string): Promise<LogState | null> {
    const bytes = await this.#files.read(name);
    if (bytes === null) return null;
    try {
      const { size, root } = openCheckpoint(new TextDecoder().decode(bytes), this.#logKey);
      return { size, root };
    } catch (error) {
      throw new Fault("corrupt", `${name} is not signed by this portal's log key`, {
        hint: "put keys and log back from the same backup",
        cause: error,
      });
    }
  }
}
