/**
 * Block file: the blocks of one day's file in the order they lie there, and where some are damaged.
 *
 * Read through a window of a few MB, whatever the size of the file. What is no block is passed over to the
 * next good one and told as so many damaged bytes; at the end of the file that is what a power cut leaves.
 */
import { toFault } from "../../../hal/fault.ts";
import { readPart } from "../../files/disk.ts";
import { envelopeBytes, mostBodyBytes, openNext, type Enclosed } from "./envelope.ts";

export type FilePart =
  | { readonly type: "block"; readonly block: Enclosed }
  | { readonly type: "damaged"; readonly bytes: number; readonly atEnd: boolean };

const windowBytes = 8 * 1024 * 1024;
const mostBlockBytes = envelopeBytes + mostBodyBytes;

/**
 * Throws Fault `denied`, `unavailable`; what is lent is valid until the next part. A file that is not there
 * (any more: its time has come meanwhile) has no parts.
 */
export async function* partsOf(path: string): AsyncGenerator<FilePart> {
  let [start, damaged] = [0, 0]; // of the window in the file; bytes
  for (;;) {
    const bytes = await windowAt(path, start);
    if (bytes === null) break;
    const atEnd = bytes.length < windowBytes;
    let at = 0;
    for (;;) {
      const { block, skipped } = openNext(bytes, at);
      if (block === null) {
        // what may be the beginning of a block is looked at again, with what follows it
        const rest = atEnd ? bytes.length : Math.max(at, bytes.length - mostBlockBytes);
        damaged += rest - at;
        at = rest;
        break;
      }
      damaged += skipped;
      if (damaged > 0) yield { type: "damaged", bytes: damaged, atEnd: false };
      damaged = 0;
      yield { type: "block", block };
      at = block.end;
      if (!atEnd && bytes.length - at < mostBlockBytes) break;
    }
    start += at;
    if (atEnd) break;
  }
  if (damaged > 0) yield { type: "damaged", bytes: damaged, atEnd: true };
}

async function windowAt(path: string, start: number): Promise<Buffer | null> {
  try {
    const bytes = await readPart(path, start, windowBytes);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    const fault = toFault(error, "cannot read the motion journal");
    if (fault.kind === "not-found") return null;
    throw fault;
  }
}
