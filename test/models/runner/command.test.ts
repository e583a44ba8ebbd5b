import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anybodyReads } from "../../../models/runner/command.ts";

test("anybody reads a file that may be read, in folders that may be passed through", async () => {
  const root = await mkdtemp(join(tmpdir(), "sill-command-"));
  try {
    const folder = join(root, "folder");
    const file = join(folder, "file");
    await mkdir(folder);
    await writeFile(file, "");
    await chmod(root, 0o711);
    const reads = async (folderMode: number, fileMode: number): Promise<boolean> => {
      await chmod(folder, folderMode);
      await chmod(file, fileMode);
      return anybodyReads(file);
    };
    expect(await reads(0o711, 0o644)).toBe(true);
    expect(await reads(0o744, 0o644)).toBe(false);
    expect(await reads(0o755, 0o611)).toBe(false);
  } finally {
    await rm(root, { recursive: true });
  }
});
