/**
 * Call frames: what keeper and talk process say to each other, over the pipes of a child.
 *
 *   4 bytes  length of what follows      1 byte  kind      2 bytes  number of the call      the rest
 *
 * `words` is JSON, `unit` a live unit (live.ts), `sound` one RTP packet of Opus. Big-endian. A length past its
 * bound is a Fault: whoever wrote it is not to be read any further.
 */
import { Fault } from "../../hal/fault.ts";

export const frameKinds = ["words", "unit", "sound"] as const;
export type FrameKind = (typeof frameKinds)[number];

export interface CallFrame {
  readonly kind: FrameKind;
  readonly call: number;
  readonly bytes: Uint8Array;
}

const lengthBytes = 4;
const tagBytes = 3;
/** A live unit with its header, and what stands before it. */
const mostBytes = 8 * 1024 * 1024 + 64;

export function encodeFrame({ kind, call, bytes }: CallFrame): Uint8Array {
  const framed = new Uint8Array(lengthBytes + tagBytes + bytes.length);
  const view = new DataView(framed.buffer);
  view.setUint32(0, tagBytes + bytes.length);
  view.setUint8(lengthBytes, frameKinds.indexOf(kind));
  view.setUint16(lengthBytes + 1, call);
  framed.set(bytes, lengthBytes + tagBytes);
  return framed;
}

export function encodeWords(call: number, words: object): Uint8Array {
  return encodeFrame({ kind: "words", call, bytes: Buffer.from(JSON.stringify(words)) });
}

/** Cuts a stream of bytes into frames. `take` throws Fault `invalid` for what is none. */
export class FrameReader {
  readonly #most: number;
  #waiting: Buffer[] = [];
  #held = 0;

  constructor(most = mostBytes) {
    this.#most = most;
  }

  *take(bytes: Buffer): Generator<CallFrame> {
    this.#waiting.push(bytes);
    this.#held += bytes.length;
    for (;;) {
      if (this.#held < lengthBytes) return;
      const length = this.#join(lengthBytes).readUInt32BE(0);
      if (length < tagBytes || length > this.#most)
        throw new Fault("invalid", `a frame of ${length} bytes; at most ${this.#most} are taken`);
      if (this.#held < lengthBytes + length) return;
      const all = this.#join(lengthBytes + length);
      const frame = all.subarray(lengthBytes, lengthBytes + length);
      const rest = all.subarray(lengthBytes + length);
      this.#waiting = rest.length === 0 ? [] : [rest];
      this.#held = rest.length;
      const kind = frameKinds[frame.readUInt8(0)];
      if (kind === undefined) throw new Fault("invalid", `a frame of unknown kind ${frame.readUInt8(0)}`);
      yield { kind, call: frame.readUInt16BE(1), bytes: frame.subarray(tagBytes) };
    }
  }

  /** One buffer with at least the first `wanted` bytes. */
  #join(wanted: number): Buffer {
    const [first] = this.#waiting;
    if (first !== undefined && first.length >= wanted) {
      if (this.#waiting.length === 1) return first;
    }
    const all = Buffer.concat(this.#waiting);
    this.#waiting = [all];
    return all;
  }
}
