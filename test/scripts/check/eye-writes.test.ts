import { expect, test } from "vitest";
import { checkEyeWrites } from "../../../scripts/check/eye-writes.ts";
import { sources } from "./sources.ts";

const path = "daemon/eye/record/clip.ts";
const findingsIn = (text: string) => checkEyeWrites(sources({ [path]: text }));

test.each([
  'import { writeFile } from "node:fs/promises";',
  'import { createWriteStream } from "node:fs";',
  'import { readFile, open as read } from "node:fs/promises";',
  'import * as fs from "node:fs";',
  'import fs from "fs";',
  'const { writeFile } = await import("node:fs/promises");',
  'export { writeFile } from "node:fs/promises";',
  'export * from "node:fs";',
  'import { writeDurable } from "../../seal/durable.ts";',
  'import { diskFiles } from "../../files/disk.ts";',
  'const fs = process.getBuiltinModule("fs");',
])("refused in the eye: %s", (text) => {
  expect(findingsIn(text)).toMatchObject([{ path, line: 1 }]);
});

test.each([
  'import { mkdir, readFile } from "node:fs/promises";',
  'import { watch, type FSWatcher } from "node:fs";',
  'import { syncFolder, writeDurableJson } from "../../seal/durable.ts";',
  'import { writeSealed } from "../../seal/write.ts";',
  'import { appendBlock } from "../../sight/journal/append.ts";',
  'import { readPart } from "../../files/disk.ts";',
  'import { write } from "./fs.ts";',
])("fine in the eye: %s", (text) => {
  expect(findingsIn(text)).toEqual([]);
});

test("of what the eye shares with others, only the journal's door appends to files", () => {
  const text = 'import { diskFiles } from "../../files/disk.ts";';
  expect(checkEyeWrites(sources({ "daemon/sight/journal/append.ts": text }))).toEqual([]);
  expect(checkEyeWrites(sources({ "daemon/sight/journal/feed.ts": text }))).toHaveLength(1);
});

test("other processes write what they must", () => {
  const text = 'import { writeFile } from "node:fs/promises";';
  expect(checkEyeWrites(sources({ "daemon/keeper/history.ts": text }))).toEqual([]);
});
