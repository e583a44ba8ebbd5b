/**
 * Clip files: opens the files of a clip for sending, after a look at their sizes.
 *
 * A file that is gone is `not-found`, one whose size is not what the index says is `corrupt`:
 * both before the first byte is sent. Several files are sent as one stream, never held in memory.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { Fault, toFault } from "../../../hal/fault.ts";

export interface ClipFile {
  readonly path: string;
  /** For messages: never the path. */
  readonly name: string;
  /** What the index says; null = unknown. */
  readonly bytes: number | null;
}

export interface Sendable {
  readonly bytes: number;
  readonly stream: Readable;
}

async function sizeOf(file: ClipFile): Promise<number> {
  const found = await stat(file.path).catch((error: unknown) => {
    const { kind } = toFault(error);
    throw new Fault(kind, kind === "not-found" ? `${file.name} is gone` : `${file.name} cannot be read`);
  });
  if (file.bytes !== null && file.bytes !== found.size) {
    throw new Fault("corrupt", `${file.name} has ${found.size} bytes where ${file.bytes} were written`);
  }
  return found.size;
}

async function* contents(files: readonly ClipFile[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file.path);
}

export async function openClipFiles(files: readonly ClipFile[]): Promise<Sendable> {
  let bytes = 0;
  // one after the other: the first that is wrong is the one that is named
  for (const file of files) bytes += await sizeOf(file);
  return {
    bytes,
    stream: Readable.from(contents(files), { objectMode: false }),
  };
}
