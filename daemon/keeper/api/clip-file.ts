/**
 * Clip file: opens one file of a clip for sending, after a look at its size.
 *
 * A file that is gone is `not-found`, one whose size is not what the index says is `corrupt`:
 * both before the first byte is sent.
 */
import { createReadStream, type ReadStream } from "node:fs";
import { stat } from "node:fs/promises";
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
  readonly stream: ReadStream;
}

/** False: it is not there. What else is wrong with it is told when it is opened. */
export async function hasClipFile({ path }: ClipFile): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => toFault(error).kind !== "not-found",
  );
}

export async function openClipFile(file: ClipFile): Promise<Sendable> {
  const found = await stat(file.path).catch((error: unknown) => {
    const { kind } = toFault(error);
    throw new Fault(kind, kind === "not-found" ? `${file.name} is gone` : `${file.name} cannot be read`);
  });
  if (file.bytes !== null && file.bytes !== found.size) {
    throw new Fault("corrupt", `${file.name} has ${found.size} bytes where ${file.bytes} were written`);
  }
  return { bytes: found.size, stream: createReadStream(file.path) };
}
