/**
 * Frames: what the eye and its runner say to each other, over the two pipes of a child.
 *
 *   4 bytes  length of the body      4 bytes  kind      body: 4 bytes length of the words, words (JSON), figures
 *
 * Little-endian, as the figures are. The words are padded with blanks so that the figures begin at a multiple of
 * eight, and a body has memory of its own: tensors are views of it, without a copy. A length past its bound is a
 * Fault: whoever wrote it is not to be read any further.
 */
import { Fault } from "../../hal/fault.ts";

export const frameKinds = ["load", "picture", "loaded", "answer", "failed"] as const;
export type FrameKind = (typeof frameKinds)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly words: unknown;
  readonly bytes: Uint8Array;
}

/** Names of ten ends at most, however they are escaped. More is not parsed: it would hold the eye for seconds. */
export const mostWordBytes = 16 * 1024;
const headBytes = 8;
/** Of a body, before its figures. */
export const mostHeadBytes = mostWordBytes + 16;
const alignment = 8;

/** Head and words, and the parts as they are: none of them is copied. */
export function encodeFrame(kind: FrameKind, words: object, parts: readonly Uint8Array[] = []): Uint8Array[] {
  const text = JSON.stringify(words);
  const wordBytes = aligned(4 + Buffer.byteLength(text)) - 4;
  const head = Buffer.alloc(headBytes + 4 + wordBytes, " ");
  const partBytes = parts.reduce((sum, part) => sum + part.length, 0);
  head.writeUInt32LE(4 + wordBytes + partBytes, 0);
  head.writeUInt32LE(frameKinds.indexOf(kind), 4);
  head.writeUInt32LE(wordBytes, headBytes);
  head.write(text, headBytes + 4);
  return [head, ...parts];
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Cuts a stream of bytes into frames. `take` throws Fault `corrupt` for what is none. */
export class FrameReader {
  readonly #most: number;
  readonly #head = Buffer.alloc(headBytes);
  #body: Uint8Array | null = null;
  #have = 0;

  constructor(most: number) {
    this.#most = most;
  }

  *take(bytes: Uint8Array): Generator<Frame> {
    let rest = bytes;
    while (rest.length > 0) {
      const into = this.#body ?? this.#head;
      const part = rest.subarray(0, into.length - this.#have);
      into.set(part, this.#have);
      this.#have += part.length;
      rest = rest.subarray(part.length);
      if (this.#have < into.length) return;
      this.#have = 0;
      if (this.#body === null) this.#body = this.#begun();
      else {
        const whole = this.#body;
        this.#body = null;
        yield frameOf(this.#head.readUInt32LE(4), whole);
      }
    }
  }

  #begun(): Uint8Array {
    const length = this.#head.readUInt32LE(0);
    if (length < 4 || length > this.#most)
      throw new Fault("corrupt", `a frame of ${length} bytes; at most ${this.#most} are taken`);
    return new Uint8Array(length);
  }
}

function frameOf(number: number, body: Uint8Array): Frame {
  const kind = frameKinds[number];
  if (kind === undefined) throw new Fault("corrupt", `a frame of unknown kind ${number}`);
  const buffer = Buffer.from(body.buffer);
  const end = 4 + buffer.readUInt32LE(0);
  if (end - 4 > mostWordBytes)
    throw new Fault("corrupt", `words of ${end - 4} bytes; at most ${mostWordBytes} are read`);
  if (end > body.length) throw new Fault("corrupt", `words of ${end - 4} bytes in a frame of ${body.length}`);
  try {
    return { kind, words: JSON.parse(buffer.toString("utf8", 4, end)), bytes: body.subarray(end) };
  } catch (error) {
    throw new Fault("corrupt", "words that are none in a frame", { cause: error });
  }
}
