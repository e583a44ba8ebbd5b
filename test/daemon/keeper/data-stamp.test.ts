import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { dataFormat, stampData } from "../../../daemon/keeper/data-stamp.ts";
import { version } from "../../../daemon/wire/sill-version.ts";
import { tempFolder } from "./temp-folder.ts";

const mine = { format: dataFormat, version };

test.each([
  ["new", null],
  ["of an older version", JSON.stringify({ format: dataFormat, version: "0.0.1" })],
  ["of a newer version of the same format", JSON.stringify({ format: dataFormat, version: "99.0.0" })],
  ["with a broken stamp", '{"format":'],
])("data that is %s is stamped with this version", async (_what, before) => {
  await using folder = await tempFolder();
  const path = `${folder.path}/data.json`;
  if (before !== null) await writeFile(path, before);
  await stampData(path);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual(mine);
});

test("data of a newer format is refused with the version that wrote it, and stays as it is", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/data.json`;
  const newer = JSON.stringify({ format: dataFormat + 1, version: "99.0.0", more: true });
  await writeFile(path, newer);
  await expect(stampData(path)).rejects.toMatchObject({
    kind: "unavailable",
    message: expect.stringContaining(`newer Sill (99.0.0, format ${dataFormat + 1})`),
  });
  expect(await readFile(path, "utf8")).toBe(newer);
});
