import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parsePolicy, readPolicy } from "../../../../daemon/eye/mask/policy-file.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-policy-"));
});
afterAll(() => rm(folder, { recursive: true }));

const line = [
  [0, 0],
  [1, 0],
  [1, 1],
];

test("a valid policy is read", async () => {
  const path = join(folder, "policy.json");
  await writeFile(path, JSON.stringify({ version: 3, propertyLine: line }));
  expect(await readPolicy(path)).toEqual({ version: 3, propertyLine: line, privacyZones: [] });
});

test("a missing policy says that nothing is visible and what to do", async () => {
  await expect(readPolicy(join(folder, "none.json"))).rejects.toMatchObject({
    kind: "not-found",
    hint: expect.stringContaining("draw the property line"),
  });
});

test.each([
  ["", "corrupt", "not JSON"],
  ["{", "corrupt", "not JSON"],
  ["[]", "invalid", "policy"],
  [JSON.stringify({ version: 1, propertyLine: line.slice(0, 2) }), "invalid", "at least 3 corners"],
  [JSON.stringify({ version: 0, propertyLine: line }), "invalid", "version"],
  [JSON.stringify({ version: 1, propertyLine: [...line, [1.5, 0]] }), "invalid", "propertyLine.3.0"],
  ['{"version":1,"propertyLine":[[0,0],[1,0],[null,1]]}', "invalid", "propertyLine.2.0"],
  [JSON.stringify({ version: 1, propertyLine: line, zones: [] }), "invalid", "zones"],
])("%s is refused as %s", (text, kind, words) => {
  expect(() => parsePolicy(text)).toThrow(
    expect.objectContaining({ kind, message: expect.stringContaining(words) }),
  );
});
