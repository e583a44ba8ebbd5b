/** What goes sooner because nobody wants it, in a real index with real folders. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Disk } from "../../../../daemon/keeper/store/disk.ts";
import { openReader } from "../../../../daemon/keeper/store/database.ts";
import { Reader } from "../../../../daemon/keeper/store/reader.ts";
import { clipFolder, dataPaths } from "../../../../daemon/wire/paths.ts";
import { eventIn, writeClip } from "../clip-on-disk.ts";
import { tempFolder } from "../temp-folder.ts";
import { eventChange, startWallMs } from "./rows.ts";

const hourMs = 3_600_000;
const limits = {
  retentionHours: 72,
  ignoredHours: 24,
  granted: [] as string[],
  budgetBytes: 1e12,
  minFreeBytes: 0,
  freeBytes: 1e12,
  wantedBytes: 0,
};

/** Recordings by the events that they show. */
async function openPast(shown: Readonly<Record<string, readonly string[]>>, ignored: readonly string[]) {
  const folder = await tempFolder();
  const paths = dataPaths(folder.path);
  for (const [id, events] of Object.entries(shown))
    await writeClip(paths, { id, startWallMs, events: events.map((each) => eventIn(each, startWallMs)) });
  const disk = new Disk(paths, startWallMs);
  disk.commit(
    [...new Set(Object.values(shown).flat())].map((id) =>
      eventChange(id, {
        kind: id.startsWith("ring") ? "ring" : "motion",
        ignored: ignored.includes(id),
        clip: Object.keys(shown).find((clip) => shown[clip]?.includes(id)) ?? null,
      }),
    ),
  );
  return {
    sweep: (hours: number, change: Partial<typeof limits> = {}) =>
      disk.sweep({ ...limits, ...change, wallMs: startWallMs + hours * hourMs, monoMs: hours * hourMs }),
    hasFolder: (clip: string) => existsSync(clipFolder(paths, clip, startWallMs)),
    left: () => {
      using database = openReader(paths.database);
      return new Reader(database).events({ before: null, limit: 9, kind: null }).map(({ id }) => id);
    },
    async [Symbol.asyncDispose]() {
      disk.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("an ignored event goes with its recording after a day, its neighbour stays", async () => {
  await using past = await openPast(
    { "clip-0001": ["animal-1"], "clip-0002": ["person-1"], "clip-0003": ["animal-2"] },
    ["animal-1", "animal-2"],
  );
  expect(past.sweep(24)).toMatchObject({ clips: [], events: [] });
  const swept = past.sweep(25);
  expect(swept.clips).toEqual([
    { id: "clip-0001", reason: "ignored" },
    { id: "clip-0003", reason: "ignored" },
  ]);
  expect([...swept.events].sort()).toEqual(["animal-1", "animal-2"]);
  expect(swept.bereft).toEqual([]);
  expect(past.left()).toEqual(["person-1"]);
  expect([past.hasFolder("clip-0001"), past.hasFolder("clip-0002")]).toEqual([false, true]);
});

test("a recording that also shows a ring or something that is wanted stays, and so does the ignored event", async () => {
  await using past = await openPast(
    {
      "clip-0001": ["animal-1", "ring-0001"],
      "clip-0002": ["animal-2", "person-1"],
      "clip-0003": ["animal-2"],
    },
    ["animal-1", "animal-2"],
  );
  const swept = past.sweep(71);
  expect(swept.events).toEqual([]);
  expect(swept.clips).toEqual([{ id: "clip-0003", reason: "ignored" }]);
  expect(past.left()).toHaveLength(4);
  expect(past.sweep(73).events).toHaveLength(4);
});

test("a recording of which something was granted stays as long as any other", async () => {
  await using past = await openPast({ "clip-0001": ["animal-1"] }, ["animal-1"]);
  expect(past.sweep(71, { granted: ["clip-0001"] })).toMatchObject({ clips: [], events: [] });
  expect(past.sweep(73, { granted: ["clip-0001"] }).clips).toEqual([{ id: "clip-0001", reason: "age" }]);
});

test("what a recording shows that belongs to no event is not ignored", async () => {
  await using past = await openPast({ "clip-0001": [] }, []);
  expect(past.sweep(40).clips).toEqual([]);
});
