import { readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "../../../../daemon/files/disk.ts";
import { mostWalks, Walks } from "../../../../daemon/keeper/calibration/walks.ts";
import type { Walk } from "../../../../daemon/wire/api-calibration.ts";
import { tempFolder } from "../temp-folder.ts";

function walk(number: number): Walk {
  return {
    id: `walk-${String(number).padStart(4, "0")}`,
    name: `from the gate ${number}`,
    by: "Ada",
    fromWallMs: 1_000 * number,
    toWallMs: 1_000 * number + 500,
    zones: { zones: [], sensitivity: null, rules: [] },
    light: "bright",
    seen: true,
    firstStirWallMs: null,
    firstSeenWallMs: null,
    delayMs: 120,
    seenFrac: 0.5,
    path: [],
    perZone: [],
    notes: [],
  };
}

test("walks are kept as they were taken, listed newest first, and go when they are deleted", async () => {
  await using folder = await tempFolder();
  const walks = new Walks(diskFiles(join(folder.path, "walks")));
  expect(await walks.list()).toEqual([]);
  for (const number of [2, 1, 3]) await walks.add(walk(number));
  expect((await walks.list()).map(({ id }) => id)).toEqual(["walk-0003", "walk-0002", "walk-0001"]);
  expect(await new Walks(diskFiles(join(folder.path, "walks"))).get("walk-0002")).toEqual(walk(2));
  await walks.remove("walk-0002");
  await expect(walks.get("walk-0002")).rejects.toMatchObject({ kind: "not-found" });
  await expect(walks.remove("walk-0002")).rejects.toMatchObject({ kind: "not-found" });
  expect(await readdir(join(folder.path, "walks"))).toEqual(["walk-0001.json", "walk-0003.json"]);
});

test("a walk past the last place is refused, and none is dropped for it; many at once take turns", async () => {
  await using folder = await tempFolder();
  const walks = new Walks(diskFiles(folder.path));
  const added = Array.from({ length: mostWalks + 5 }, (_, number) => walks.add(walk(number)));
  const results = await Promise.allSettled(added);
  const refused = results.filter((each) => each.status === "rejected");
  expect(refused).toHaveLength(5);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ kind: "exhausted", hint: "delete one that is not needed" });
  expect((await walks.list()).length).toBe(mostWalks);
  await expect(walks.checkRoom()).rejects.toMatchObject({ kind: "exhausted" });
  await walks.remove("walk-0000");
  await walks.add(walk(999));
});

test("a broken report is not listed, says so when it is asked for, and can be deleted", async () => {
  await using folder = await tempFolder();
  const walks = new Walks(diskFiles(folder.path));
  for (const number of [1, 2]) await walks.add(walk(number));
  await truncate(join(folder.path, "walk-0001.json"), 50);
  expect((await walks.list()).map(({ id }) => id)).toEqual(["walk-0002"]);
  await expect(walks.get("walk-0001")).rejects.toMatchObject({
    kind: "corrupt",
    message: "the report of walk walk-0001 is broken",
  });
  await walks.remove("walk-0001");
});
