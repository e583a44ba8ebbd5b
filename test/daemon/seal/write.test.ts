import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateIdentity, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { open, seal } from "../../../daemon/seal/age/seal.ts";
import { writeSealed } from "../../../daemon/seal/write.ts";
import { Fault } from "../../../hal/fault.ts";

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

describe("with a sealer", () => {
  const me = generateIdentity();
  const plain = Buffer.from("what happened at the door");
  const toMe = { seal: (bytes: Uint8Array) => seal(bytes, [recipientOf(me)]) };

  test("only sealed bytes lie on the disk, and size and hash are theirs", async () => {
    const path = join(folder, "sealed.m4s");
    const written = await writeSealed(path, plain, toMe);
    const file = await readFile(path);
    expect(file.includes("door")).toBe(false);
    expect(Buffer.from(open(file, [me]))).toEqual(plain);
    const sha256 = createHash("sha256").update(file).digest("hex");
    expect(written).toEqual({ bytes: file.length, sha256 });
  });

  test("that fails, nothing is written and the file of before stays", async () => {
    const path = join(folder, "kept.m4s");
    await writeSealed(path, plain, toMe);
    const before = await readFile(path);
    const failing = { seal: () => seal(plain, []) };
    await expect(writeSealed(path, plain, failing)).rejects.toThrow(Fault);
    expect(await readFile(path)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
