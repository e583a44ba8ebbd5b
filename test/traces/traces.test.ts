/**
 * Every trace here replays to the outcome that lies beside it, today as when it was recorded.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcomeOf } from "./outcome.ts";

const folder = import.meta.dirname;
const suffix = ".trace.jsonl";
const files = readdirSync(folder);
const names = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));

test("every trace has its outcome, every outcome its trace, and both their line in the README", () => {
  const outcomes = files
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));
  expect(outcomes).toEqual(names);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const told = [...readme.matchAll(/^\| `([\w-]+)` \|/gmu)].map(([, name]) => name);
  expect(new Set(told)).toEqual(new Set(names));
  expect(told.length).toBe(names.length);
});

test.each(names)("%s", async (name) => {
  const expected: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  expect(await outcomeOf(join(folder, `${name}${suffix}`))).toEqual(expected);
});
