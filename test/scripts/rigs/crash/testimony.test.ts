import { appendFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTestimony, sureAt, testifyTo } from "../../../../scripts/rigs/crash/testimony.ts";
import { Witness } from "../../../../scripts/rigs/crash/witness.ts";
import { tempFolder } from "../../../daemon/keeper/temp-folder.ts";

test("a witness that dies in the middle of a word is believed up to it, and the next one goes on", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "testimony.jsonl");
  await writeFile(path, "");
  const first = testifyTo(path);
  first.note({ is: "told", event: "event-1", wallMs: 5 });
  first.note({ is: "kept", event: "event-1" });
  first.note({ is: "mark", event: "event-1", mark: "good" });
  first.note({ is: "policy", version: 3 });
  appendFileSync(path, '{"is":"kept","event":"event-2"'); // it was killed here

  const outside = new Witness();
  const read = readTestimony(path, outside);
  expect([[...outside.events], outside.marks.get("event-1"), outside.policyVersion]).toEqual([
    ["event-1"],
    "good",
    3,
  ]);

  const second = testifyTo(path);
  expect([[...second.events], second.policyVersion]).toEqual([["event-1"], 3]);
  second.note({ is: "mark", event: "event-1" });
  second.note({ is: "leaving", event: "event-1", clip: null });
  readTestimony(path, outside, read);
  expect([[...outside.events], [...outside.marks]]).toEqual([[], []]);
  expect(outside.told.has("event-1")).toBe(true);
});

test("what is given up after a mark is not missed before it, and what comes after it is not asked for", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "testimony.jsonl");
  const witness = testifyTo(path);
  for (const event of ["event-1", "event-2"]) witness.note({ is: "kept", event });
  witness.note({ is: "mark", event: "event-1", mark: "good" });
  witness.note({ is: "zones", text: "[]" });
  const sure = statSync(path).size;
  witness.note({ is: "leaving", event: "event-2", clip: null });
  witness.note({ is: "mark", event: "event-1" });
  witness.note({ is: "zones", text: null });
  witness.note({ is: "kept", event: "event-3" });
  const then = sureAt(path, sure, statSync(path).size);
  expect([[...then.events], [...then.marks], then.zones]).toEqual([["event-1"], [], null]);
  const alone = sureAt(path, sure, sure);
  expect([[...alone.events], alone.zones]).toEqual([["event-1", "event-2"], "[]"]);
});
