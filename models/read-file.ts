/**
 * Read file: a file of a bounded size, which is refused with words for who named it.
 */
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { Fault, toFault } from "../hal/fault.ts";

export interface ReadOptions {
  /** What to do when it cannot be read. */
  readonly hint: string;
  /** May refuse the size before a byte is read. */
  readonly check?: (size: number) => void;
}

/** Throws Fault `not-found` for a file that is not there, `invalid` for more than `most` bytes. */
export async function readUpTo(path: string, most: number, options: ReadOptions): Promise<Uint8Array> {
  const { hint, check = () => {} } = options;
  try {
    // what is no file must not hold us: opening a pipe waits for who writes
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await file.stat();
    if (!info.isFile()) throw new Fault("invalid", `${path} is not a file`, { hint });
    check(info.size);
    if (info.size > most)
      throw new Fault("invalid", `${path} has ${info.size} bytes; at most ${most} are read`, { hint });
    return await wholeOf(file, info.size);
  } catch (error) {
    if (error instanceof Fault) throw error;
    const { kind, message } = toFault(error);
    const text = kind === "not-found" ? `there is no ${path}` : `cannot be read: ${message}`;
    throw new Fault(kind, text, { hint, cause: error });
  }
}

/** No more than it had when it was looked at. */
async function wholeOf(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let have = 0;
  while (have < size) {
    const { bytesRead } = await file.read(bytes, have, size - have, have);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  return bytes.subarray(0, have);
}
