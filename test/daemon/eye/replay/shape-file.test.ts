import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseShape, readShape } from "../../../../daemon/eye/replay/shape-file.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import { firstRecord, policyOf, testKeys } from "../../../../scripts/rigs/paired.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";

const line = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const owner = testKeys(1);
const policy = policyOf(owner.signKey);

test("a bare shape and a signed policy are read alike, whoever signed", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "line.json");
  await writeFile(path, JSON.stringify({ propertyLine: line }));
  expect(await readShape(path)).toEqual({ propertyLine: line, privacyZones: [] });
  await writeFile(path, JSON.stringify(signEnvelope(testKeys(7), payloadTypes.policy, policy)));
  expect(await readShape(path)).toEqual(policy);
});

test.each([
  ["", "corrupt", "not JSON"],
  ["{", "corrupt", "not JSON"],
  ["[]", "invalid", "not a privacy policy"],
  [JSON.stringify({ propertyLine: line.slice(0, 2) }), "invalid", "propertyLine"],
  [JSON.stringify({ propertyLine: [...line, [1.5, 0]] }), "invalid", "propertyLine"],
  ['{"propertyLine":[[0,0],[1,0],[null,1]]}', "invalid", "propertyLine.2.0"],
  [JSON.stringify({ propertyLine: line, zones: [] }), "invalid", "zones"],
  [JSON.stringify(firstRecord("a".repeat(43), owner)), "invalid", "not a privacy policy"],
])("%s is refused as %s", (text, kind, words) => {
  expect(() => parseShape(text, "line.json")).toThrow(
    expect.objectContaining({ kind, message: expect.stringContaining(words) }),
  );
});
