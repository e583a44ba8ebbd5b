import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keep, readKept, readKeptOrClosed } from "../../../../daemon/eye/guard/reference-file.ts";
import { dayReference } from "./porch-watch.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-reference-"));
});
afterAll(() => rm(folder, { recursive: true }));

const key = { version: 3, sha256: "a".repeat(64) };
const path = (): string => join(folder, "000003.json");

test("what was learnt reads back as it was, with the word that closed the picture", async () => {
  await keep(folder, key, { reference: dayReference, tripped: "moved" });
  expect(await readKept(folder, key)).toEqual({ reference: dayReference, tripped: "moved" });
});

test("keeps one file: that of the newest policy", async () => {
  await keep(folder, { ...key, version: 2 }, { reference: dayReference, tripped: null });
  await keep(folder, key, { reference: dayReference, tripped: null });
  expect(await readdir(folder)).toEqual(["000003.json"]);
});

test("holds places and directions of some hundred edges: no row of neighbours, nothing to draw a picture from", async () => {
  await keep(folder, key, { reference: dayReference, tripped: null });
  const { zones } = JSON.parse(await readFile(path(), "utf8")) as { zones: number[][][] };
  expect(zones.flat().length).toBeLessThanOrEqual(12 * 96);
  expect(zones.flat().every((point) => point.length === 3)).toBe(true);
});

test("a policy that was not watched yet has nothing kept, nor has another text under the same version", async () => {
  const nothing = { reference: null, tripped: null };
  expect(await readKept(folder, { ...key, version: 4 })).toEqual(nothing);
  expect(await readKept(folder, { ...key, sha256: "b".repeat(64) })).toEqual(nothing);
});

test.each([
  ["cut", (text: string) => text.slice(0, 200)],
  ["empty", () => ""],
  ["with a point outside the sketch", (text: string) => text.replace(/\[\d+,/u, "[9999,")],
  ["with a direction that there is not", (text: string) => text.replace(/,\d+\]/u, ",16]")],
  ["with an unknown key", (text: string) => text.replace("{", '{"follow":true,')],
])("a file that is %s closes the picture", async (_, damage) => {
  await keep(folder, key, { reference: dayReference, tripped: null });
  await writeFile(path(), damage(await readFile(path(), "utf8")));
  expect(await readKeptOrClosed(folder, key)).toEqual({ reference: null, tripped: "changed" });
});
