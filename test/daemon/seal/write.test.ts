import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSealed } from "../../../daemon/seal/write.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-seal-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("writes the bytes, for this user only, and says their size and hash", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const path = join(folder, "a.m4s");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(await writeSealed(path, bytes)).toEqual({ bytes: 3, sha256 });
  expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("replaces a file as a whole and leaves no temporary behind", async () => {
  const path = join(folder, "b.json");
  await writeSealed(path, new TextEncoder().encode("first and long"));
  await writeSealed(path, new TextEncoder().encode("second"));
  expect(await readFile(path, "utf8")).toBe("second");
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a folder that is gone is a clear error", async () => {
  await expect(writeSealed(join(folder, "none", "c"), new Uint8Array(1))).rejects.toMatchObject({
    kind: "not-found",
    message: expect.stringContaining("cannot write c"),
  });
});
