/** The description of the API that lies in the repository is the one that a doorbell gives. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openApiPath, openApiText } from "../../../../scripts/openapi.ts";

const root = join(import.meta.dirname, "../../../..");

test("docs/openapi.json is what the doorbell says of itself; npm run generate writes it", async () => {
  const lines = (text: string): string[] => text.split("\n");
  const [written, said] = [await readFile(join(root, openApiPath), "utf8"), await openApiText()];
  expect(lines(written)).toEqual(lines(said));
});
