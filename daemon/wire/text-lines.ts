/**
 * Text lines: bytes as they come from a socket, put together to lines of at most so many bytes.
 */
import { StringDecoder } from "node:string_decoder";
import { Fault } from "../../hal/fault.ts";

export class TextLines {
  readonly #mostChars: number;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(mostChars: number) {
    this.#mostChars = mostChars;
  }

  /** The lines that are whole now, without their ends. Throws Fault `invalid` when one is too long. */
  take(bytes: Buffer): string[] {
    const parts = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = parts.pop() ?? "";
    if ([this.#rest, ...parts].some((part) => part.length > this.#mostChars))
      throw new Fault("invalid", `a line is longer than ${this.#mostChars} characters`);
    return parts;
  }
}
