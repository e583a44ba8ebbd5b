/**
 * Wire: the fields of one protobuf message, one after another, without a copy.
 *
 * Reads nothing but what lies between `start` and `end`: a length that reaches further is `corrupt`, and no length
 * makes memory. The four wire types that there still are; groups, which nobody writes any more, are `corrupt`.
 * Encoding: protobuf.dev, "Encoding". Numbers are exact to 2^53, beyond which nothing in ONNX has any business.
 */
import { Fault } from "../../hal/fault.ts";

const types = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function corrupt(message: string): Fault {
  return new Fault("corrupt", `corrupt ONNX file: ${message}`, {
    hint: "fetch or export the file again; a download may have been cut off",
  });
}

export class Wire {
  /** Of the field that `next` came to. */
  field = 0;
  readonly #data: Uint8Array;
  readonly #end: number;
  #at: number;
  #type = 0;

  constructor(data: Uint8Array, start = 0, end = data.length) {
    this.#data = data;
    this.#at = start;
    this.#end = end;
  }

  /** Comes to the next field; false at the end. Its value must be taken or skipped before the next. */
  next(): boolean {
    if (this.#at === this.#end) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#type = tag % 8;
    if (tag > 0xffff_ffff || this.field < 1) throw corrupt("no field has this number");
    return true;
  }

  /** A whole number with its sign. */
  int(): number {
    this.#expect(types.varint);
    return this.#varint();
  }

  /** The fields of a message in this field. */
  message(): Wire {
    const [start, end] = this.#range();
    return new Wire(this.#data, start, end);
  }

  /** At most `most` bytes of text; longer ones are `corrupt`. */
  text(most: number): string {
    const [start, end] = this.#range();
    if (end - start > most) throw corrupt(`a name of ${end - start} bytes`);
    return new TextDecoder().decode(this.#data.subarray(start, end));
  }

  /** Whole numbers, packed or one by one: each is given to `take`. */
  ints(take: (value: number) => void): void {
    if (this.#type === types.varint) return take(this.#varint());
    const packed = this.message();
    while (packed.#at < packed.#end) take(packed.#varint());
  }

  skip(): void {
    if (this.#type === types.varint) this.#varint();
    else if (this.#type === types.bytes) this.#range();
    else if (this.#type === types.fixed32) this.#advance(4);
    else if (this.#type === types.fixed64) this.#advance(8);
    else throw corrupt(`wire type ${this.#type}`);
  }

  #expect(type: number): void {
    if (this.#type !== type) throw corrupt(`field ${this.field} has wire type ${this.#type}`);
  }

  #range(): [start: number, end: number] {
    this.#expect(types.bytes);
    const length = this.#varint();
    const start = this.#at;
    this.#advance(length);
    return [start, this.#at];
  }

  #advance(length: number): void {
    if (length < 0 || length > this.#end - this.#at) throw corrupt("it ends too early");
    this.#at += length;
  }

  #varint(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#at < this.#end ? this.#data[this.#at] : undefined;
      if (byte === undefined) throw corrupt("it ends too early");
      this.#at += 1;
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 128) return high * 2 ** 32 + (low >>> 0);
    }
    throw corrupt("a number of more than 64 bits");
  }
}
