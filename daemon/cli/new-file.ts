/**
 * New file: one that was not there before, for its owner's eyes only (mode 0600).
 *
 * What a command writes never takes the place of something else, and a failure leaves no half file.
 */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { Fault, toFault } from "../../hal/fault.ts";

/** Takes more bytes, all of them; answers how many. */
export type Append = (bytes: Uint8Array) => number;

/** Durable when it returns. Throws Fault `denied` when `path` is there already, and what `fill` throws. */
export function writeNewFile<T>(path: string, fill: (append: Append) => T): T {
  const file = openNew(path);
  try {
    const result = fill((bytes) => {
      let done = 0;
      while (done < bytes.length) done += writeSync(file, bytes, done);
      return done;
    });
    fsyncSync(file);
    return result;
  } catch (error) {
    rmSync(path, { force: true });
    throw toFault(error, `cannot write ${path}`);
  } finally {
    closeSync(file);
  }
}

/** For who goes on writing. Throws Fault `denied` when `path` is there already. */
export function openNew(path: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw toFault(error, `cannot write ${path}`);
    throw new Fault("denied", `${path} is already there and is not overwritten`, {
      hint: "choose another name",
    });
  }
}

/** The same of bytes that come one after the other. */
export async function writeNewFileOf(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = openNew(path);
  try {
    for await (const chunk of chunks)
      for (let done = 0; done < chunk.length;) done += writeSync(file, chunk, done);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw toFault(error, `cannot write ${path}`);
  } finally {
    closeSync(file);
  }
}
