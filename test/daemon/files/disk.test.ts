import { mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "../../../daemon/files/disk.ts";
import { readableFile, sweptFolder } from "../../../daemon/files/modes.ts";
import { filesContract } from "../../contract/files.ts";

const fresh = (): Promise<string> => mkdtemp(join(tmpdir(), "sill-files-"));

filesContract(async () => diskFiles(await fresh()));

test("files and folders are the daemon's alone", async () => {
  const root = await fresh();
  await diskFiles(root).write("grants/one/grant.json", new Uint8Array(3));
  expect((await stat(join(root, "grants/one"))).mode & 0o777).toBe(0o700);
  expect((await stat(join(root, "grants/one/grant.json"))).mode & 0o777).toBe(0o600);
});

test("others may read, and delete in its folders, what was made for it", async () => {
  const root = await fresh();
  const mask = process.umask(0o007);
  try {
    await diskFiles(root, { file: readableFile, folder: sweptFolder }).append(
      "motion/day",
      new Uint8Array(3),
    );
  } finally {
    process.umask(mask);
  }
  expect((await stat(join(root, "motion"))).mode & 0o777).toBe(0o770);
  expect((await stat(join(root, "motion/day"))).mode & 0o777).toBe(0o640);
});

test("a folder in the way is said, not thrown as it comes", async () => {
  const root = await fresh();
  await diskFiles(root).write("a/b", new Uint8Array(1));
  await expect(diskFiles(root).read("a")).rejects.toMatchObject({ name: "Fault" });
});
