/**
 * FolderDepot: a parcel into the owner's own folder (archive.to: file:///...), e.g. a mounted disk.
 *
 * It grows as GRANT.unfinished, each chunk fsynced before the next is asked for, and becomes GRANT.parcel when it is
 * whole: the cover letter (first item, an age file), then the other items as the grant lists them. After a power
 * cut the last chunk may be torn, so resuming goes back by the most that one chunk can be.
 *
 * Only the folder of the settings, only names made of the grant's id, and no symbolic links: whoever may
 * write into the folder must not be able to point elsewhere. The folder itself is never made: a disk that
 * is not mounted must not fill the one below it.
 */
import { constants } from "node:fs";
import { lstat, open, rename, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault, toFault } from "../../../hal/fault.ts";
import { chunkBytes } from "../../consent/grant.ts";
import { syncFolder } from "../../seal/durable.ts";
import type { Depot, ParcelOrder, StopOrder } from "./depot.ts";
import { FinalFault } from "./retry.ts";

const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;

export class FolderDepot implements Depot {
  readonly #order: ParcelOrder;
  readonly #archive: string;
  #file: FileHandle | null = null;
  readonly location = null;

  constructor(order: ParcelOrder, archive: string) {
    this.#order = order;
    this.#archive = archive;
  }

  async open(): Promise<number> {
    const { unfinished, parcel } = await placesOf(this.#order, this.#archive);
    if ((await sizeOf(parcel)) === this.#order.bytes) return this.#order.bytes; // told nobody, then started again
    return told(async () => {
      this.#file = await open(unfinished, flags, 0o600);
      const info = await this.#file.stat();
      if (!info.isFile()) throw notPlain();
      const safe = Math.max(0, Math.min(info.size, this.#order.bytes) - chunkBytes);
      await this.#file.truncate(safe);
      return safe;
    });
  }

  async append(offset: number, bytes: Uint8Array): Promise<number> {
    await told(async () => {
      for (let at = 0; at < bytes.length;)
        at +=
          (await this.#file?.write(bytes, at, bytes.length - at, offset + at))?.bytesWritten ?? bytes.length;
      await this.#file?.sync();
    });
    return offset + bytes.length;
  }

  async finish(): Promise<void> {
    const { folder, unfinished, parcel } = await placesOf(this.#order, this.#archive);
    await told(async () => {
      if (this.#file === null) return; // it was whole already
      await rename(unfinished, parcel);
      await syncFolder(folder);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

export async function forgetInFolder(order: StopOrder, archive: string): Promise<void> {
  const { folder, unfinished, parcel } = await placesOf(order, archive);
  await told(async () => {
    await rm(unfinished, { force: true });
    if (order.forget) await rm(parcel, { force: true });
    await syncFolder(folder);
  });
}

interface Places {
  readonly folder: string;
  readonly unfinished: string;
  readonly parcel: string;
}

async function placesOf(
  { grant, deliverTo }: Pick<ParcelOrder, "grant" | "deliverTo">,
  archive: string,
): Promise<Places> {
  if (deliverTo !== archive) throw new FinalFault("denied", "that folder is not the archive of the settings");
  const folder = folderOf(archive);
  const info = await told(() => lstat(folder));
  if (!info.isDirectory())
    throw new FinalFault("denied", "the archive is not a folder", { hint: "archive.to must not be a link" });
  return { folder, unfinished: join(folder, `${grant}.unfinished`), parcel: join(folder, `${grant}.parcel`) };
}

function folderOf(archive: string): string {
  try {
    return fileURLToPath(archive);
  } catch (error) {
    throw new FinalFault("invalid", "archive.to is not a folder of this machine", {
      hint: "it reads file:///path",
      cause: error,
    });
  }
}

/** Null = there is none. */
async function sizeOf(path: string): Promise<number | null> {
  const info = await lstat(path).catch(() => null);
  if (info !== null && !info.isFile()) throw notPlain();
  return info?.size ?? null;
}

function notPlain(): FinalFault {
  return new FinalFault("denied", "where the parcel should lie in the archive lies something else");
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = toFault(error);
    if (fault instanceof FinalFault) throw fault;
    if (fault.kind === "exhausted")
      throw new Fault("exhausted", "the archive has no room left", { cause: error });
    if (fault.kind === "not-found")
      throw new Fault("not-found", "the archive's folder is not there", {
        hint: "is its disk mounted?",
        cause: error,
      });
    throw new Fault(fault.kind === "bug" ? "unavailable" : fault.kind, "the archive cannot be written", {
      cause: error,
    });
  }
}
