/**
 * Ledger: an append-only list of what happened, on `Files`, in a tree that its device key signs.
 *
 * `append` resolves when entry and opening are durable; many that wait share their fsyncs. Numbers follow
 * each other whatever the clock does. When the disk refuses, `append` rejects with what it said (Fault
 * `exhausted`), nothing is half told, and the next one tries again. Memory does not grow with the entries:
 * the lines lie in segments of 256, their hashes beside them.
 *
 * A checkpoint is durable before it is handed out, and never signed of a tree that is not the last signed
 * one with entries added: `open` proves that, or throws Fault `corrupt` and changes nothing.
 * Layout and why: docs/ledger.md.
 */
import { randomBytes } from "node:crypto";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Files } from "../files/files.ts";
import { Turns } from "../files/turns.ts";
import { toBase64 } from "./base64.ts";
import { checkTold, encodeEntry, type Encoded, type Entry, type Told } from "./entry.ts";
import { eraseOpenings, type Erasing } from "./erase.ts";
import { keepHashes, reachHashes, storedHashes } from "./hash-files.ts";
import { noteKey, type NoteSigner } from "./note.ts";
import { pageOf, type Page, type PageQuery } from "./page.ts";
import { proveConsistency, treeRoot, verifyConsistency } from "./proof.ts";
import { appendedHash, rootOf, type CompactRange } from "./range.ts";
import { lengthOf, lookFor, mend, textOf, type Found } from "./recover.ts";
import { segmentEntries, segmentFile } from "./segments.ts";
import { readSigned, rangeAt, signTree, type Signed } from "./signed.ts";
import { knowEdge, type KnownNodes } from "./tiles.ts";
import { leafHash } from "./tree.ts";

/** Entries that may wait for the disk. */
const mostWaiting = 4_096;
/** Nodes that are remembered: about a megabyte. */
const mostNodes = 8_192;
/** So long after an entry the tree is signed, once for all that came meanwhile. */
const signAfterMs = 2_000;

export interface LedgerOptions {
  readonly files: Files;
  readonly clock: Clock;
  /** The device key under the ledger's name (`deviceSigner`). */
  readonly signer: NoteSigner;
  /** 16 random bytes; given by who wants the same ledger twice. */
  readonly salt?: () => Uint8Array;
}

interface Waiting {
  readonly told: Told;
  readonly wallMs: number;
  resolve(entry: Entry): void;
  reject(fault: Fault): void;
}

export class Ledger implements AsyncDisposable {
  readonly #options: LedgerOptions;
  readonly #turns = new Turns();
  readonly #salt: () => Uint8Array;
  #waiting: Waiting[] = [];
  #range: CompactRange;
  /** Leaf hashes behind the last full segment. */
  #tail: Uint8Array[];
  /** Segments whose hashes are known to be on the disk. */
  #hashed = 0;
  /** Nodes that earlier proofs computed. */
  readonly #nodes: KnownNodes = new Map();
  #bytes: { entries: number; openings: number };
  /** A write failed: what it left must be cut before the next. */
  #isTorn = false;
  #signed: Signed | null;
  #cancelSign: (() => void) | null = null;
  /** Why it could not write last; null = it could. */
  fault: Fault | null = null;
  lastWallMs: number | null;

  /** Throws Fault `corrupt` for what a crash cannot have left, `exhausted`, `denied`, `unavailable`. */
  static async open(options: LedgerOptions): Promise<Ledger> {
    const { files, signer } = options;
    const found = await lookFor(files);
    const signed = await readSigned(files, noteKey(signer.name, signer.publicKey));
    const tail = found.tail.map(leafHash);
    const range = await rangeAt(files, { size: found.size, tail, signed });
    await mend(files, found);
    const bytes = { entries: lengthOf(found.tail), openings: lengthOf(found.openings) };
    return new Ledger(options, { ...found, bytes, range, tail, signed });
  }

  private constructor(
    options: LedgerOptions,
    found: Pick<Found, "lastWallMs"> & {
      /** Of the lines in the segment that is written next, in its two files. */
      bytes: { entries: number; openings: number };
      range: CompactRange;
      tail: Uint8Array[];
      signed: Signed | null;
    },
  ) {
    this.#options = options;
    this.#salt = options.salt ?? (() => randomBytes(16));
    this.#range = found.range;
    this.#tail = found.tail;
    this.#bytes = found.bytes;
    this.#signed = found.signed;
    this.lastWallMs = found.lastWallMs;
  }

  /** Entries that are durable. */
  get size(): number {
    return this.#range.size;
  }

  get root(): Uint8Array {
    return rootOf(this.#range);
  }

  /** Durable when it resolves. `wallMs` is for what happened earlier and is told now. */
  async append(told: Told, wallMs: number = this.#options.clock.wallMs()): Promise<Entry> {
    checkTold(told);
    if (this.#waiting.length >= mostWaiting)
      throw new Fault("exhausted", `${mostWaiting} entries wait for the ledger already`);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ told, wallMs: Math.round(wallMs), resolve, reject });
      void this.#turns.take(() => this.#commit());
    });
  }

  /** Newest first. */
  page(query: PageQuery): Promise<Page> {
    return pageOf(this.#options.files, this.size, query);
  }

  /** The signed note of all entries so far; durable when it resolves. */
  checkpoint(): Promise<string> {
    return this.#turns.take(() => this.#sign());
  }

  /** Between two sizes of this ledger. Throws Fault `invalid` for others. */
  consistency(from: number, to: number): Promise<Uint8Array[]> {
    return this.#turns.take(async () => {
      if (to > this.size) throw new Fault("invalid", `the ledger has ${this.size} entries, not ${to}`);
      const proof = await this.#prove(from, to);
      if (proof !== null) return proof;
      await keepHashes(this.#options.files, 0);
      this.#hashed = 0;
      this.#nodes.clear();
      const again = await this.#prove(from, to);
      if (again === null) throw new Fault("corrupt", "the ledger's entries are not those that were signed");
      return again;
    });
  }

  /** Durable when it resolves; answers how many. The tree stays as it is. */
  erase(erasing: Erasing): Promise<number> {
    return this.#turns.take(async () => {
      const { files } = this.#options;
      const name = segmentFile("openings", Math.floor(this.size / segmentEntries));
      if (this.#isTorn) await this.#mend();
      try {
        return await eraseOpenings(files, this.size, erasing);
      } finally {
        this.#bytes.openings = (await files.size(name)) ?? 0;
      }
    });
  }

  /** Tries whether the disk takes entries again. */
  probe(): Promise<void> {
    return this.#turns.take(() => this.#trying(() => this.#rewriteSigned()));
  }

  /** Signs what is not signed yet. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelSign?.();
    await this.checkpoint().catch(() => {}); // the next start signs it
  }

  /** Null when stored hashes are damaged: a wrong proof would raise an alarm that is none. */
  async #prove(size1: number, size2: number): Promise<Uint8Array[] | null> {
    const { files } = this.#options;
    await this.#reach();
    if (this.#nodes.size > mostNodes) this.#nodes.clear();
    knowEdge(this.#nodes, this.#range);
    const source = storedHashes(files, { size: this.size, tail: this.#tail, nodes: this.#nodes });
    const proof = await proveConsistency(source, { size1, size2 });
    const [root1, root2] = [await treeRoot(source, size1), await treeRoot(source, size2)];
    if (!verifyConsistency({ size1, root1, size2, root2, proof })) return null;
    // up to the root that is known: what fits it is right, and everything that led there
    return size2 === this.size || (await this.#prove(size2, this.size)) !== null ? proof : null;
  }

  async #commit(): Promise<void> {
    const batch = this.#waiting.splice(0, segmentEntries - this.#tail.length);
    if (batch.length === 0) return;
    try {
      const encoded = this.#encode(batch);
      await this.#trying(() => this.#write(encoded));
      for (const [at, waiting] of batch.entries()) waiting.resolve(encoded[at]?.entry ?? nothing());
    } catch (error) {
      const fault = toFault(error, "the ledger cannot be written");
      for (const waiting of batch) waiting.reject(fault);
    }
    if (this.#waiting.length > 0) void this.#turns.take(() => this.#commit());
  }

  #encode(batch: readonly Waiting[]): Encoded[] {
    return batch.map(({ told, wallMs }, at) =>
      encodeEntry(told, { seq: this.size + at, wallMs, salt: toBase64(this.#salt()) }),
    );
  }

  /** Openings first: an entry that is there has what it means. */
  async #write(encoded: readonly Encoded[]): Promise<void> {
    const { files } = this.#options;
    const segment = Math.floor(this.size / segmentEntries);
    const openings = textOf(encoded.map(({ opening }) => opening));
    const entries = textOf(encoded.map(({ line }) => line));
    await files.append(segmentFile("openings", segment), openings);
    await files.append(segmentFile("entries", segment), entries);
    this.#bytes.openings += openings.length;
    this.#bytes.entries += entries.length;
    for (const { line, entry } of encoded) {
      const leaf = leafHash(line);
      this.#tail.push(leaf);
      this.#range = appendedHash(this.#range, leaf);
      this.lastWallMs = entry.wallMs;
    }
    if (this.#tail.length === segmentEntries) await this.#turnOver();
    this.#signSoon();
  }

  /** The next entry begins a segment. */
  async #turnOver(): Promise<void> {
    this.#tail = [];
    this.#bytes = { entries: 0, openings: 0 };
    await this.#reach().catch(() => {}); // made when a proof wants them
  }

  async #reach(): Promise<void> {
    const segments = Math.floor(this.size / segmentEntries);
    if (this.#hashed === segments) return;
    await reachHashes(this.#options.files, this.size);
    this.#hashed = segments;
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    try {
      if (this.#isTorn) await this.#mend();
      await act();
      this.fault = null;
    } catch (error) {
      this.#isTorn = true;
      this.fault = toFault(error);
      throw this.fault;
    }
  }

  async #mend(): Promise<void> {
    const { files } = this.#options;
    const segment = Math.floor(this.size / segmentEntries);
    for (const side of ["entries", "openings"] as const) {
      const name = segmentFile(side, segment);
      const bytes = await files.size(name);
      if (bytes !== null && bytes > this.#bytes[side]) await files.truncate(name, this.#bytes[side]);
    }
    this.#isTorn = false;
  }

  #signSoon(): void {
    this.#cancelSign ??= this.#options.clock.after(signAfterMs, () => {
      this.#cancelSign = null;
      this.checkpoint().catch(() => {}); // the fault is shown; the next entry or who asks tries again
    });
  }

  async #sign(): Promise<string> {
    if (this.#signed?.size !== this.size) {
      await this.#trying(async () => {
        this.#signed = await signTree(this.#options.files, this.#range, this.#options.signer);
      });
    }
    return this.#signed?.note ?? nothing();
  }

  async #rewriteSigned(): Promise<void> {
    this.#signed = await signTree(this.#options.files, this.#range, this.#options.signer);
  }
}

function nothing(): never {
  throw new Fault("bug", "the ledger lost what it has just written");
}
