/**
 * Block file: the blocks of one day's file in the order they lie there, and where some are damaged.
 *
 * Read through a window of a few MB, whatever the size of the file. What is no block is passed over to the
 * next good one and told as so many damaged bytes; at the end of the file that is what a power cut leaves.
 */
import { open } from "node:fs/promises";
import { toFault } from "../../../hal/fault.ts";
import { envelopeBytes, mostBodyBytes, openNext, type Enclosed } from "./envelope.ts";

export type FilePart =
  | { readonly type: "block"; readonly block: Enclosed }
  | { readonly type: "damaged"; readonly bytes: number; readonly atEnd: boolean };

const windowBytes = 8 * 1024 * 1024;
const mostBlockBytes = envelopeBytes + mostBodyBytes;

/** Throws Fault `not-found`, `denied`, `unavailable`; what is lent is valid until the next part. */
export async function* partsOf(path: string): AsyncGenerator<FilePart> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw toFault(error, "cannot read the motion journal");
  });
  try {
    const window = Buffer.alloc(Math.min(windowBytes, Math.max(1, (await file.stat()).size + 1)));
    let [start, damaged] = [0, 0]; // of the window in the file; bytes
    for (;;) {
      const filled = await fill(file, window, start);
      const atEnd = filled < window.length;
      const bytes = window.subarray(0, filled);
      let at = 0;
      for (;;) {
        const { block, skipped } = openNext(bytes, at);
        const unsure = block === null && !atEnd;
        damaged += unsure ? Math.max(0, skipped - mostBlockBytes) : skipped;
        if (block === null) {
          at = unsure ? Math.max(at, filled - mostBlockBytes) : filled;
          break;
        }
        if (damaged > 0) yield { type: "damaged", bytes: damaged, atEnd: false };
        damaged = 0;
        yield { type: "block", block };
        at = block.end;
        if (!atEnd && filled - at < mostBlockBytes) break;
      }
      start += at;
      if (atEnd) break;
    }
    if (damaged > 0) yield { type: "damaged", bytes: damaged, atEnd: true };
  } finally {
    await file.close();
  }
}

async function fill(file: Awaited<ReturnType<typeof open>>, into: Buffer, start: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
