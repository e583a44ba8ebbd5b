/**
 * Disk: `Files` on a folder of the real disk.
 *
 * An fsync that failed says that the kernel may have thrown away what it was given: a second one would answer
 * "done" and mean nothing. So that file is not written to again; its next change writes a new one in its place.
 */
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { toFault } from "../../hal/fault.ts";
import { syncFolder, writeDurable } from "../seal/durable.ts";
import type { Files } from "./files.ts";
import { privateFile, privateFolder } from "./modes.ts";

export interface DiskModes {
  readonly file: number;
  readonly folder: number;
}

const privateModes: DiskModes = { file: privateFile, folder: privateFolder };

/** Makes folders when something is written; for its user alone unless `modes` say otherwise. */
export function diskFiles(root: string, modes = privateModes): Files {
  const at = (name: string): string => join(root, name);
  const change = (path: string, how: FileChange): Promise<void> => changed(path, modes.file, how);
  return {
    read: (name) => orNull(name, () => readFile(at(name))),
    readAt: (name, offset, length) => orNull(name, () => readPart(at(name), offset, length)),
    size: (name) => orNull(name, async () => (await stat(at(name))).size),
    async write(name, bytes) {
      await makeFolder(dirname(at(name)), modes.folder);
      await writeDurable(at(name), bytes, modes.file);
      distrusted.delete(at(name));
    },
    async append(name, bytes) {
      await makeFolder(dirname(at(name)), modes.folder);
      await change(at(name), {
        flags: "a",
        inPlace: (file) => file.appendFile(bytes),
        anew: (old) => Buffer.concat([old, bytes]),
      });
    },
    async sync(name) {
      await orNull(name, () => change(at(name), { flags: "r", inPlace: unlist, anew: (old) => old }));
    },
    truncate: (name, length) =>
      change(at(name), {
        flags: "r+",
        inPlace: (file) => file.truncate(length),
        anew: (old) => old.subarray(0, length),
      }),
    async list(folder) {
      const names = (await orNull(folder, () => readdir(at(folder)))) ?? [];
      return names.filter((name) => !name.startsWith(".")).toSorted();
    },
    async remove(name) {
      await orNull(name, async () => {
        await rm(at(name));
        await syncFolder(dirname(at(name)));
      });
    },
  };
}

/** New folders are durable too: each one's parent is fsynced. */
async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    const first = await mkdir(path, { recursive: true, mode });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
  } catch (error) {
    throw toFault(error, `cannot make the folder ${basename(path)}`);
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

/** Paths whose fsync failed since this process began. */
const distrusted = new Set<string>();
/** Paths that are new, or may be, and whose folder is not fsynced yet. */
const unlisted = new Set<string>();

interface FileChange {
  readonly flags: "a" | "r" | "r+";
  readonly inPlace: (file: Handle, path: string) => Promise<unknown> | void;
  /** What is to be in a new file instead. */
  readonly anew: (old: Uint8Array) => Uint8Array;
}

/** Who made it may have died before it fsynced the folder. */
function unlist(_file: Handle, path: string): void {
  unlisted.add(path);
}

async function changed(path: string, mode: number, { flags, inPlace, anew }: FileChange): Promise<void> {
  try {
    if (distrusted.has(path)) {
      await writeDurable(path, anew((await orNull(path, () => readFile(path))) ?? new Uint8Array(0)), mode);
      distrusted.delete(path);
      return;
    }
    const file = await open(path, flags, mode);
    try {
      if ((await file.stat()).size === 0) unlist(file, path);
      await inPlace(file, path);
      await synced(file, path);
      if (unlisted.has(path)) await syncFolder(dirname(path));
      unlisted.delete(path);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFault(error, `cannot write ${basename(path)}`);
  }
}

async function synced(file: Handle, path: string): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    distrusted.add(path);
    throw error;
  }
}

/** Up to `length` bytes from `offset`; shorter at the end of the file. */
export async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function orNull<T>(name: string, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const fault = toFault(error, `cannot read ${basename(name)}`);
    if (fault.kind === "not-found") return null;
    throw fault;
  }
}
