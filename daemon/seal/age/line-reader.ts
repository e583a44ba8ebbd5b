/**
 * Line reader: lines of a header, counted, so that a fault can say where.
 */
import { Fault } from "../../../hal/fault.ts";

const lineFeed = 0x0a;

export class LineReader {
  readonly #bytes: Uint8Array;
  readonly #isCut: boolean;
  #at = 0;
  #line = 0;

  /** Looks at the first `maxBytes` only. */
  constructor(file: Uint8Array, maxBytes: number) {
    this.#bytes = file.subarray(0, maxBytes);
    this.#isCut = file.length < maxBytes;
  }

  /** Offset of the next line. */
  get at(): number {
    return this.#at;
  }

  /** The next line, one character a byte, without its line feed. */
  next(): string {
    const end = this.#bytes.indexOf(lineFeed, this.#at);
    const { length } = this.#bytes;
    if (end < 0 && this.#isCut)
      throw new Fault("corrupt", `age file cut off at byte ${length}, in its header`);
    if (end < 0) throw new Fault("corrupt", `age header longer than ${length} bytes`);
    const text = latin1(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    this.#line += 1;
    return text;
  }

  /** About the line read last. */
  fault(message: string): Fault {
    return new Fault("corrupt", `age header, line ${this.#line}: ${message}`);
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
