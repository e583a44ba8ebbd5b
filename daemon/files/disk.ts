/**
 * Disk: `Files` on a folder of the real disk.
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
  return {
    read: (name) => orNull(name, () => readFile(at(name))),
    readAt: (name, offset, length) => orNull(name, () => readPart(at(name), offset, length)),
    size: (name) => orNull(name, async () => (await stat(at(name))).size),
    async write(name, bytes) {
      await makeFolder(dirname(at(name)), modes.folder);
      await writeDurable(at(name), bytes, modes.file);
    },
    async append(name, bytes) {
      await makeFolder(dirname(at(name)), modes.folder);
      await changed(name, at(name), { flags: "a", mode: modes.file }, async (file) => {
        await file.appendFile(bytes);
      });
    },
    truncate: (name, length) =>
      changed(name, at(name), { flags: "r+", mode: modes.file }, (file) => file.truncate(length)),
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

async function changed(
  name: string,
  path: string,
  { flags, mode }: { readonly flags: string; readonly mode: number },
  change: (file: Handle) => Promise<void>,
): Promise<void> {
  try {
    const file = await open(path, flags, mode);
    try {
      const isNew = (await file.stat()).size === 0;
      await change(file);
      await file.sync();
      if (isNew) await syncFolder(dirname(path));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFault(error, `cannot write ${basename(name)}`);
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
