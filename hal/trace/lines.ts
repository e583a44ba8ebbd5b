/**
 * Lines of a file: bytes as they come, put together to lines, none longer than a trace's may be.
 *
 * The last piece may lack its newline: `whole` is false for it.
 */
import { Fault } from "../fault.ts";
import { maxLineBytes } from "./format.ts";

export interface FileLine {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Did its newline come? */
  readonly whole: boolean;
}

const newline = 10;

/** Throws Fault `invalid` for a line without end: that is another kind of file. */
export async function* fileLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let number = 0;
  for await (let bytes of chunks) {
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline)) {
      number += 1;
      yield { number, bytes: joined([...rest, bytes.subarray(0, end)]), whole: true };
      rest = [];
      restBytes = 0;
      bytes = bytes.subarray(end + 1);
    }
    if (bytes.length === 0) continue;
    rest.push(bytes);
    restBytes += bytes.length;
    if (restBytes > maxLineBytes)
      throw new Fault("invalid", `line ${number + 1} is longer than ${maxLineBytes} bytes: this is no trace`);
  }
  if (restBytes > 0) yield { number: number + 1, bytes: joined(rest), whole: false };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
