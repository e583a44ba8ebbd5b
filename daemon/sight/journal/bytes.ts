/**
 * Bytes: a growing row of bytes and numbers in it, and the way back.
 *
 * Whole numbers are varints (7 bits a byte, low ones first; up to 2^53), signed ones are folded
 * (0, -1, 1, -2 ...) first.
 */
import { Fault } from "../../../hal/fault.ts";

export class ByteSink {
  #bytes = new Uint8Array(256);
  length = 0;

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  whole(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) + 128);
    this.byte(rest);
  }

  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  json(value: unknown): void {
    const text = new TextEncoder().encode(JSON.stringify(value));
    this.whole(text.length);
    if (this.length + text.length > this.#bytes.length) this.#grow(text.length);
    this.#bytes.set(text, this.length);
    this.length += text.length;
  }

  /** A view, until the next change. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(more: number): void {
    const bytes = new Uint8Array(2 * this.#bytes.length + more);
    bytes.set(this.bytes);
    this.#bytes = bytes;
  }
}

/** Throws Fault `corrupt` past the end. */
export class ByteSource {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new Fault("corrupt", "a journal block ends too early");
    this.#at += 1;
    return value;
  }

  whole(): number {
    let value = this.byte();
    if (value < 128) return value;
    value -= 128;
    for (let scale = 128; ; scale *= 128) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
    }
  }

  signed(): number {
    const folded = this.whole();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  /** Throws Fault `corrupt` for what is no JSON, too. */
  json(): unknown {
    const length = this.whole();
    const text = this.#bytes.subarray(this.#at, this.#at + length);
    if (text.length < length) throw new Fault("corrupt", "a journal block ends too early");
    this.#at += length;
    try {
      return JSON.parse(new TextDecoder().decode(text));
    } catch (error) {
      throw new Fault("corrupt", "a journal block has words that are no JSON", { cause: error });
    }
  }
}
