import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Disk } from "../../../../daemon/keeper/store/disk.ts";
import { dataPaths } from "../../../../daemon/wire/paths.ts";
import { eventIn, writeClip } from "../clip-on-disk.ts";
import { tempFolder } from "../temp-folder.ts";
import { eventChange, startWallMs } from "./rows.ts";

async function openFull() {
  const folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const clip = async (id: string, events: readonly string[]) =>
    (await writeClip(paths, { id, startWallMs, events: events.map((each) => eventIn(each, startWallMs)) }))
      .folder;
  const folders = {
    alone: await clip("clip-alone", ["event-01"]),
    shared: await clip("clip-shared", ["event-02", "event-03"]),
    promised: await clip("clip-promised", ["event-04"]),
  };
  const open = () => new Disk(paths, startWallMs + 60_000);
  const disk = open();
  disk.commit([eventChange("event-05", { state: "open", endWallMs: null })]);
  return { disk, folders, open, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const every = ["event-01", "event-02", "event-03", "event-04", "event-05", "event-99"];
const held = new Set(["clip-promised"]);

test("what can go goes with its recordings; what cannot is named and stays", async () => {
  await using bench = await openFull();
  const { disk, folders } = bench;
  const removed = disk.removeEvents(every, { held });
  expect(removed.events).toEqual(["event-01", "event-02", "event-03"]);
  expect(removed.clips.toSorted()).toEqual(["clip-alone", "clip-shared"]);
  expect(removed.bytes).toBeGreaterThan(4_000);
  expect(removed.kept).toEqual([
    { id: "event-04", why: "held" },
    { id: "event-05", why: "recording" },
    { id: "event-99", why: "gone" },
  ]);
  expect(Object.values(folders).map(existsSync)).toEqual([false, false, true]);
  disk.close();
  const again = bench.open();
  expect(again.removeEvents(every.slice(0, 3), { held })).toMatchObject({
    events: [],
    clips: [],
    kept: [{ why: "gone" }, { why: "gone" }, { why: "gone" }],
  });
  again.close();
});

test("asked what would go it says the same and touches nothing", async () => {
  await using bench = await openFull();
  const { disk, folders } = bench;
  const would = disk.removeEvents(every, { held, dry: true });
  expect(Object.values(folders).map(existsSync)).toEqual([true, true, true]);
  expect(disk.removeEvents(every, { held })).toEqual(would);
  disk.close();
});

test("a recording that shows another event stays", async () => {
  await using bench = await openFull();
  const { disk, folders } = bench;
  expect(disk.removeEvents(["event-02"])).toMatchObject({ events: ["event-02"], clips: [], bytes: 0 });
  expect(existsSync(folders.shared)).toBe(true);
  disk.close();
});
