/**
 * Public log rig: a portal's log in memory, with what a courier would fetch of it. It can lie.
 *
 * Entries are appended as text; `checkpoint` signs the tree of the first `size` entries; `round` is what
 * the courier hands to the keeper when it asks `from` an entry on. A liar makes another log with `fork`.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { encodeBundle } from "../../daemon/ledger/bundle.ts";
import { signCheckpoint } from "../../daemon/ledger/checkpoint.ts";
import { noteKey, type NoteSigner } from "../../daemon/ledger/note.ts";
import { appended, emptyRange, rootOf } from "../../daemon/ledger/range.ts";
import { tileWidth } from "../../daemon/ledger/tiles.ts";
import type { CourierToKeeper } from "../../daemon/wire/messages.ts";

export class TestLog {
  readonly #signer: NoteSigner;
  readonly #entries: Uint8Array[];
  /** As portal.logKey says it. */
  readonly logKey: string;

  constructor(signer: NoteSigner = testLogSigner(), entries: readonly Uint8Array[] = []) {
    this.#signer = signer;
    this.#entries = [...entries];
    this.logKey = noteKey(signer.name, signer.publicKey);
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Its index. Text is logged as it is; anything else as JSON. */
  append(entry: unknown): number {
    const text = typeof entry === "string" ? entry : JSON.stringify(entry);
    return this.#entries.push(new TextEncoder().encode(text)) - 1;
  }

  entry(index: number): Uint8Array | undefined {
    return this.#entries[index];
  }

  /** The signed note. */
  checkpoint(size = this.size): string {
    const range = this.#entries.slice(0, size).reduce(appended, emptyRange);
    return signCheckpoint({ size, root: rootOf(range) }, this.#signer);
  }

  bundles(from = 0, size = this.size): { index: number; width: number; bytes: Uint8Array }[] {
    const first = Math.floor(from / tileWidth);
    const count = size <= from ? 0 : Math.ceil(size / tileWidth) - first;
    return Array.from({ length: count }, (_, i) => {
      const start = (first + i) * tileWidth;
      const entries = this.#entries.slice(start, Math.min(start + tileWidth, size));
      return { index: first + i, width: entries.length, bytes: encodeBundle(entries) };
    });
  }

  /** What the courier says in one round. */
  *round(from = 0, size = this.size): Generator<CourierToKeeper> {
    yield { type: "feed-checkpoint", text: this.checkpoint(size) };
    for (const { bytes, ...bundle } of this.bundles(from, size))
      yield { type: "feed-bundle", ...bundle, bytes: Buffer.from(bytes).toString("base64") };
    yield { type: "feed-end", size };
  }

  /** The same up to `size`, and free to go another way: signed by the same key. */
  fork(size = this.size): TestLog {
    return new TestLog(this.#signer, this.#entries.slice(0, size));
  }
}

/** Its secret is a number: for tests, never for a portal. */
export function testLogSigner(number = 90, name = "portal.test/log"): NoteSigner {
  const secret = new Uint8Array(32).fill(number);
  return {
    name,
    publicKey: ed25519.getPublicKey(secret),
    sign: (message) => ed25519.sign(message, secret),
  };
}
