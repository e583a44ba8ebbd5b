import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateIdentity, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import { writeSealed } from "../../../daemon/seal/write.ts";
import { viewer, viewers } from "./viewer.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-seal-"));
});
afterAll(() => rm(folder, { recursive: true }));

const plain = Buffer.from("what happened at the door");
const leftovers = async () => (await readdir(folder)).filter((name) => name.endsWith(".tmp"));

test("only sealed bytes lie on the disk, for nobody outside the house, and size and hash are theirs", async () => {
  const path = join(folder, "a.m4s.age");
  const written = await writeSealed(path, plain, viewers);
  const file = await readFile(path);
  expect(file.includes("door")).toBe(false);
  expect(Buffer.from(open(file, [viewer]))).toEqual(plain);
  const sha256 = createHash("sha256").update(file).digest("hex");
  expect(written).toEqual({ bytes: file.length, sha256 });
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

test("every viewer opens it, nobody else does", async () => {
  const [owner, member, stranger] = [generateIdentity(), generateIdentity(), generateIdentity()];
  const path = join(folder, "both.m4s.age");
  await writeSealed(path, plain, [owner, member].map(recipientOf));
  const file = await readFile(path);
  for (const each of [owner, member]) expect(Buffer.from(open(file, [each]))).toEqual(plain);
  expect(() => open(file, [stranger])).toThrow("none of 1 identities opens this file");
});

test("a file is replaced as a whole, and no temporary one stays", async () => {
  const path = join(folder, "b.m4s.age");
  await writeSealed(path, Buffer.from("first and long"), viewers);
  await writeSealed(path, Buffer.from("second"), viewers);
  expect(Buffer.from(open(await readFile(path), [viewer])).toString()).toBe("second");
  expect(await leftovers()).toEqual([]);
});

test("a folder that is gone is a clear error", async () => {
  await expect(writeSealed(join(folder, "none", "c"), plain, viewers)).rejects.toMatchObject({
    kind: "not-found",
    message: expect.stringContaining("cannot write c"),
  });
});

test("without viewers nothing is written and the file of before stays", async () => {
  const path = join(folder, "kept.m4s.age");
  await writeSealed(path, plain, viewers);
  const before = await readFile(path);
  await expect(writeSealed(path, plain, [])).rejects.toMatchObject({
    kind: "unavailable",
    message: expect.stringContaining("nobody is enrolled"),
  });
  expect(await readFile(path)).toEqual(before);
  expect(await leftovers()).toEqual([]);
});
