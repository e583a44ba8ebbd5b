/**
 * Seen keys: which request numbers and which cases of which agencies were in the log already.
 *
 * A set of 52-bit hashes in two typed arrays: the keys in order of coming (what is kept on the disk, one line of hex
 * each), and an open-addressing table over them. 24 bytes a key, no object each. It can be cut back to what it held before, so
 * that a round whose checkpoint does not agree leaves nothing behind.
 *
 * Two keys that hash alike make one more refusal and never one less; who wants that can only do it to an
 * agency's own requests, because its name is hashed along.
 */
import { hash } from "node:crypto";

/** Of 52 bits in hex. */
const digits = 13;
/** Half a million requests, 24 MB; with more the older half is forgotten (feed-store.ts). */
export const mostKeys = 1 << 20;
export const bytesPerKey = digits + 1;

const firstCapacity = 1 << 10;
const hex = "0123456789abcdef";

export class SeenKeys {
  #keys = new Float64Array(firstCapacity);
  #table = new Float64Array(2 * firstCapacity);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size >= mostKeys;
  }

  has(key: number): boolean {
    return this.#table[this.#slotOf(key)] === key;
  }

  /** Nothing when it is there already. The caller asks `isFull` first. */
  add(key: number): void {
    const slot = this.#slotOf(key);
    if (this.#table[slot] === key) return;
    if (this.#size === this.#keys.length) {
      this.#resize(this.#keys.length * 2);
      return this.add(key);
    }
    this.#table[slot] = key;
    this.#keys[this.#size] = key;
    this.#size += 1;
  }

  /** As it was when it held so many. */
  cutTo(size: number): void {
    if (size >= this.#size) return;
    this.#size = size;
    this.#resize(this.#keys.length);
  }

  /** From the key `from` on, as they are kept on the disk. */
  bytesFrom(from: number): Uint8Array {
    const bytes = new Uint8Array((this.#size - from) * bytesPerKey);
    for (let i = from; i < this.#size; i += 1)
      writeLine(bytes.subarray((i - from) * bytesPerKey), this.#keys[i] ?? 0);
    return bytes;
  }

  static fromBytes(bytes: Uint8Array): SeenKeys {
    const seen = new SeenKeys();
    const text = new TextDecoder("latin1").decode(bytes);
    for (let at = 0; at + bytesPerKey <= text.length; at += bytesPerKey)
      seen.add(Number.parseInt(text.slice(at, at + digits), 16));
    return seen;
  }

  /** Where the key is, or the free place where it would be. At most half of the table is taken. */
  #slotOf(key: number): number {
    const mask = this.#table.length - 1;
    let slot = key & mask;
    while (this.#table[slot] !== 0 && this.#table[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #resize(capacity: number): void {
    const keys = this.#keys.slice(0, this.#size);
    this.#keys = new Float64Array(capacity);
    this.#keys.set(keys);
    this.#table = new Float64Array(2 * capacity);
    for (const key of keys) this.#table[this.#slotOf(key)] = key;
  }
}

/** Half of 52 bits away: the same again, and something else. Twice is where it began. */
export function otherKey(key: number): number {
  const half = 2 ** 51;
  return key < half ? key + half : Math.max(1, key - half);
}

/** Never 0, which is an empty place. */
export function keyOf(...parts: readonly string[]): number {
  return Math.max(1, Number.parseInt(hash("sha256", parts.join("\n")).slice(0, digits), 16));
}

/** In hex, highest first, and a new line. */
function writeLine(line: Uint8Array, key: number): void {
  let rest = key;
  for (let at = digits - 1; at >= 0; at -= 1) {
    line[at] = hex.charCodeAt(rest % 16);
    rest = Math.floor(rest / 16);
  }
  line[digits] = 10;
}
