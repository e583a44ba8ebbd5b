/**
 * Folder: parcels as files, the embedded default. `UPLOAD` and `UPLOAD.json` (tus' own note about it).
 */
import { createReadStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Fault, toFault } from "../../hal/fault.ts";
import { syncFolder } from "../../daemon/seal/durable.ts";
import type { ParcelBytes } from "./bytes.ts";
import { isGone } from "./gone.ts";

export async function openFolder(directory: string): Promise<ParcelBytes> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory });
  return {
    store,
    async settle(upload) {
      const file = await open(join(directory, upload), "r");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(directory);
    },
    async read(upload, from, to) {
      const path = join(directory, upload);
      const { size } = await stat(path).catch((error: unknown) => {
        throw toFault(error, "the parcel is not here");
      });
      if (to > size) throw new Fault("not-found", "the parcel is shorter than that");
      return createReadStream(path, { start: from, end: to - 1 });
    },
    async remove(upload) {
      await store.remove(upload).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}
