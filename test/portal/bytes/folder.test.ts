import { mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFolder } from "../../../portal/bytes/folder.ts";
import { parcelBytesContract } from "../../contract/parcel-bytes.ts";

const fresh = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), "sill-parcels-")), "parcels");

parcelBytesContract(async () => openFolder(await fresh()));

test("the folder is the portal's alone, and a name cannot leave it", async () => {
  const folder = await fresh();
  await using bytes = await openFolder(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await writeFile(join(folder, "..", "outside"), "secret");
  await expect(bytes.store.getUpload("../outside")).rejects.toBeDefined();
});
