import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openReader } from "../../../../daemon/keeper/store/database.ts";
import { Disk } from "../../../../daemon/keeper/store/disk.ts";
import { Reader } from "../../../../daemon/keeper/store/reader.ts";
import { clipFiles, dataPaths, type DataPaths } from "../../../../daemon/wire/paths.ts";
import { eventIn, leaveBehind, writeClip } from "../clip-on-disk.ts";
import { tempFolder } from "../temp-folder.ts";
import { clipChange, event, eventChange, startWallMs } from "./rows.ts";

const nowWallMs = startWallMs + 60_000;

interface TestDisk extends AsyncDisposable {
  readonly paths: DataPaths;
  /** Closes the index, lets the files be changed, and opens it again. */
  reopen(change?: () => void): Disk;
  read<T>(ask: (reader: Reader) => T): T;
}

async function openTestDisk(): Promise<TestDisk> {
  const folder = await tempFolder();
  const paths = dataPaths(folder.path);
  let disk: Disk | null = null;
  return {
    paths,
    reopen(change = () => {}) {
      disk?.close();
      change();
      disk = new Disk(paths, nowWallMs);
      return disk;
    },
    read(ask) {
      using database = openReader(paths.database);
      return ask(new Reader(database));
    },
    async [Symbol.asyncDispose]() {
      disk?.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** What a sweep goes by where there is room enough. */
const threeDays = {
  retentionHours: 72,
  ignoredHours: 72,
  granted: [],
  budgetBytes: 1e9,
  minFreeBytes: 0,
  freeBytes: 1e9,
  wantedBytes: 0,
};

const all = { before: null, limit: 100, kind: null } as const;

test("a deleted index comes back from the journal and the clip folders, row for row", async () => {
  await using bench = await openTestDisk();
  const { fragments } = await writeClip(bench.paths, {
    id: "clip-0001",
    startWallMs,
    events: [eventIn("event-01", startWallMs)],
  });
  const disk = bench.reopen();
  disk.commit([
    clipChange("clip-0001"),
    eventChange("event-01", { state: "open", endWallMs: null }),
    eventChange("event-01", { clip: "clip-0001" }),
    eventChange("event-02", { kind: "ring", zones: [] }),
    ...fragments.map((fragment) => ({ type: "clip-fragment", clip: "clip-0001", fragment }) as const),
    { type: "clip-state", clip: "clip-0001", state: "complete" },
  ]);
  const before = bench.read((reader) => [reader.events(all), reader.clip("clip-0001"), reader.totals()]);
  const { opened } = bench.reopen(() => rmSync(bench.paths.database));
  expect(opened).toMatchObject({ events: 2, clips: 1, interrupted: 0, skippedLines: 0 });
  expect(bench.read((reader) => [reader.events(all), reader.clip("clip-0001"), reader.totals()])).toEqual(
    before,
  );
});

test("marks are in the rebuilt index, the last one of each event; a deleted event's stay gone", async () => {
  await using bench = await openTestDisk();
  const mark = fc.constantFrom("good", "false", null);
  const step = fc.oneof(
    fc.record({ id: fc.constantFrom("event-01", "event-02"), mark }),
    fc.record({ id: fc.constantFrom("event-01", "event-02"), deleted: fc.constant(true) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const disk = bench.reopen(() => {
        rmSync(bench.paths.database, { force: true });
        rmSync(bench.paths.journal, { force: true, recursive: true });
      });
      disk.commit([eventChange("event-01"), eventChange("event-02")]);
      for (const each of steps) {
        const known = bench.read((reader) => reader.event(each.id));
        if ("mark" in each) disk.commit([eventChange(each.id, { mark: each.mark })]);
        else if (known !== null) disk.removeEvent(each.id);
      }
      const before = bench.read((reader) => reader.events(all));
      bench.reopen(() => rmSync(bench.paths.database));
      expect(bench.read((reader) => reader.events(all))).toEqual(before);
      for (const { id, mark: kept } of before)
        expect(kept).toBe(
          steps.flatMap((each) => ("mark" in each && each.id === id ? [each.mark] : [])).at(-1) ?? null,
        );
    }),
    { numRuns: 20 },
  );
});

test("a mark whose line was cut is the mark before it; the event is not lost with it", async () => {
  await using bench = await openTestDisk();
  const disk = bench.reopen();
  disk.commit([eventChange("event-01", { mark: "good" })]);
  disk.commit([eventChange("event-01", { mark: "false" })]);
  const file = join(bench.paths.journal, "2026-01-31.jsonl");
  bench.reopen(() => {
    rmSync(bench.paths.database);
    truncateSync(file, statSync(file).size - 20);
  });
  expect(bench.read((reader) => reader.event("event-01"))).toEqual(event("event-01", { mark: "good" }));
});

test("a line of a Sill that knew no marks is an event without one", async () => {
  await using bench = await openTestDisk();
  bench.reopen().commit([eventChange("event-01")]);
  const file = join(bench.paths.journal, "2026-01-31.jsonl");
  bench.reopen(() => {
    rmSync(bench.paths.database);
    writeFileSync(file, readFileSync(file, "utf8").replace(',"mark":null', ""));
  });
  expect(bench.read((reader) => reader.event("event-01"))).toEqual(event("event-01"));
});

test("a truncated index is moved aside, kept, and rebuilt", async () => {
  await using bench = await openTestDisk();
  bench.reopen().commit([eventChange("event-01")]);
  const { opened } = bench.reopen(() => truncateSync(bench.paths.database, 5_000));
  expect(opened.movedTo).toMatch(/^sill\.db\.aside-\d+$/);
  expect(bench.read((reader) => reader.event("event-01"))).toEqual(event("event-01"));
});

test("a healthy index is opened without reading anything again", async () => {
  await using bench = await openTestDisk();
  await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  bench.reopen();
  expect(bench.reopen().opened).toEqual({
    events: 0,
    clips: 0,
    dropped: 0,
    interrupted: 0,
    skippedLines: 0,
    damagedFragments: 0,
    unsealedClips: 0,
    leftovers: 0,
    movedTo: null,
    lastSeenWallMs: expect.any(Number),
  });
});

test("what a crash left open is interrupted, and stays so in a rebuilt index", async () => {
  await using bench = await openTestDisk();
  await writeClip(bench.paths, {
    id: "clip-0001",
    startWallMs,
    events: [eventIn("event-01", startWallMs)],
    fragments: 3,
    closed: null,
  });
  const open = { state: "open", endWallMs: null } as const;
  bench.reopen().commit([clipChange("clip-0001"), eventChange("event-01", { ...open, clip: "clip-0001" })]);
  expect(bench.reopen().opened).toMatchObject({ interrupted: 2 });
  const clip = bench.read((reader) => reader.clip("clip-0001"));
  expect(clip).toMatchObject({ state: "interrupted", durationMs: 6_000 });
  expect(clip?.fragments).toHaveLength(3);
  bench.reopen(() => rmSync(bench.paths.database));
  const expected = { state: "interrupted", endWallMs: startWallMs + 6_000, clip: "clip-0001" };
  expect(bench.read((reader) => reader.event("event-01"))).toMatchObject(expected);
});

test("an interrupted clip that the eye closed after the keeper had left is complete", async () => {
  await using bench = await openTestDisk();
  const clip = { id: "clip-0001", startWallMs, fragments: 2 };
  await writeClip(bench.paths, { ...clip, closed: null });
  bench.reopen().commit([clipChange("clip-0001")]);
  expect(bench.reopen().opened).toMatchObject({ interrupted: 1 });
  await writeClip(bench.paths, clip);
  bench.reopen();
  expect(bench.read((reader) => reader.clip("clip-0001"))?.state).toBe("complete");
  expect(bench.reopen().opened).toMatchObject({ clips: 0 });
});

test("rows whose files are gone go too; the event stays, without its video", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, {
    id: "clip-0001",
    startWallMs,
    events: [eventIn("event-01", 5)],
  });
  bench.reopen().commit([eventChange("event-01", { clip: "clip-0001" })]);
  expect(bench.reopen(() => rmSync(folder, { recursive: true })).opened).toMatchObject({ dropped: 1 });
  expect(bench.read((reader) => reader.clip("clip-0001"))).toBeNull();
  expect(bench.read((reader) => reader.event("event-01"))).toMatchObject({ clip: null });
});

test("a fragment that is gone or cut is left out, the rest of its clip stays", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, fragments: 4 });
  bench.reopen();
  const { opened } = bench.reopen(() => {
    rmSync(join(folder, clipFiles.fragment(1)));
    truncateSync(join(folder, clipFiles.fragment(2)), 10);
  });
  expect(opened).toMatchObject({ clips: 1, damagedFragments: 1 });
  const indexes = bench.read((reader) => reader.clip("clip-0001"))?.fragments.map((each) => each.index);
  expect(indexes).toEqual([0, 3]);
});

test("leftovers of an interrupted write are ignored, and removed once nobody can be writing them", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  const old = await leaveBehind(folder, ".000002.m4s.age.tmp");
  const fresh = await leaveBehind(folder, ".000003.m4s.age.tmp");
  utimesSync(old, 0, 0);
  utimesSync(fresh, nowWallMs / 1_000, nowWallMs / 1_000);
  expect(bench.reopen().opened).toMatchObject({ leftovers: 1, damagedFragments: 0 });
  expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  expect(bench.read((reader) => reader.clip("clip-0001"))?.fragments).toHaveLength(2);
});

test("a plain clip of an earlier Sill is counted but never served, and its folder goes with its row", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, fragments: 2 });
  for (const name of ["init.mp4", "000000.m4s", "000001.m4s"])
    renameSync(join(folder, `${name}.age`), join(folder, name));
  expect(bench.reopen().opened).toMatchObject({ clips: 1, unsealedClips: 1, damagedFragments: 0 });
  const clip = bench.read((reader) => reader.clip("clip-0001"));
  expect(clip).toMatchObject({ state: "complete", fragments: [], thumbnail: false });
  expect(clip?.bytes).toBeGreaterThan(2_000);
  expect(bench.reopen().opened).toMatchObject({ clips: 0, unsealedClips: 0 });
});

test("pictures that came when the recording was over, and nobody told, are counted at the next start", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  rmSync(join(folder, clipFiles.thumbnail), { force: true });
  bench.reopen();
  const before = bench.read((reader) => reader.clip("clip-0001"))?.bytes ?? 0;
  const late = [clipFiles.thumbnail, clipFiles.picture("parcel-left-before")];
  for (const [count, name] of late.entries()) {
    bench.reopen(() => writeFileSync(join(folder, name), new Uint8Array(100)));
    const clip = bench.read((reader) => reader.clip("clip-0001"));
    expect(clip).toMatchObject({ bytes: before + 100 * (count + 1), thumbnail: true });
  }
  expect(bench.reopen().opened).toMatchObject({ clips: 0 });
});

test("a picture that is told when the recording is over counts at once", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  const disk = bench.reopen();
  const before = bench.read((reader) => reader.clip("clip-0001"))?.bytes ?? 0;
  writeFileSync(join(folder, clipFiles.picture("parcel-left-after")), new Uint8Array(70));
  disk.commit([{ type: "clip-picture", clip: "clip-0001" }]);
  expect(bench.read((reader) => reader.clip("clip-0001"))?.bytes).toBe(before + 70);
});

test("a clip without its clip.json is kept as interrupted footage", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  writeFileSync(join(folder, clipFiles.manifest), '{"version":1,"clip":');
  bench.reopen();
  expect(bench.read((reader) => reader.clip("clip-0001"))).toMatchObject({ state: "interrupted", codec: "" });
});

test.each(["not-a-day", "2026-01-31/UPPER", "2026-01-31/empty-folder"])(
  "a foreign folder %s is no clip",
  async (name) => {
    await using bench = await openTestDisk();
    mkdirSync(join(bench.paths.clips, name), { recursive: true });
    expect(bench.reopen().opened).toMatchObject({ clips: 0 });
    expect(existsSync(join(bench.paths.clips, name))).toBe(true);
  },
);

test("a deletion cut after the mark is finished at the next start", async () => {
  await using bench = await openTestDisk();
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  bench.reopen();
  bench.reopen(() => {
    using database = new DatabaseSync(bench.paths.database);
    database.exec("UPDATE clips SET deleting = 1");
  });
  expect(existsSync(folder)).toBe(false);
  expect(bench.read((reader) => reader.totals())).toMatchObject({ clips: 0, usedBytes: 0 });
});

test("a deletion that was cut after its line in the journal takes the recording with it, even without an index", async () => {
  await using bench = await openTestDisk();
  const events = [eventIn("event-01", startWallMs)];
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, events });
  const shared = [eventIn("event-01", startWallMs), eventIn("event-02", startWallMs)];
  const both = await writeClip(bench.paths, { id: "clip-0002", startWallMs, events: shared });
  for (const lost of [false, true]) {
    await writeClip(bench.paths, { id: "clip-0001", startWallMs, events });
    bench.reopen();
    bench.reopen(() => {
      const line = JSON.stringify({ change: "deleted", id: "event-01", startWallMs });
      appendFileSync(join(bench.paths.journal, "2026-01-31.jsonl"), `${line}\n`);
      if (lost) rmSync(bench.paths.database);
    });
    expect([existsSync(folder), existsSync(both.folder)]).toEqual([false, true]);
    expect(bench.read((reader) => [reader.clip("clip-0001"), reader.event("event-01")])).toEqual([
      null,
      null,
    ]);
  }
});

test("a deleted event does not come back with the clip it shared", async () => {
  await using bench = await openTestDisk();
  const events = [eventIn("event-01", startWallMs), eventIn("event-02", startWallMs)];
  const { folder } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, events });
  const disk = bench.reopen();
  expect(disk.removeEvent("event-01")).toEqual({ clips: [] });
  bench.reopen(() => rmSync(bench.paths.database));
  expect(bench.read((reader) => reader.events(all)).map((each) => each.id)).toEqual(["event-02"]);
  expect(bench.reopen().removeEvent("event-02")).toEqual({ clips: ["clip-0001"] });
  expect(existsSync(folder)).toBe(false);
});

test("fragments whose clip-opened was lost bring their clip with them", async () => {
  await using bench = await openTestDisk();
  const disk = bench.reopen();
  const { fragments } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, closed: null });
  const [, second] = fragments;
  if (second === undefined) throw new Error("no second fragment");
  disk.commit([{ type: "clip-fragment", clip: "clip-0001", fragment: second }]);
  expect(bench.read((reader) => reader.clip("clip-0001"))?.fragments).toHaveLength(2);
});

test("a batch applied twice is a batch applied once", async () => {
  await using bench = await openTestDisk();
  const disk = bench.reopen();
  const { fragments } = await writeClip(bench.paths, { id: "clip-0001", startWallMs, closed: null });
  const batch = [
    clipChange("clip-0001"),
    eventChange("event-01", { clip: "clip-0001" }),
    ...fragments.map((fragment) => ({ type: "clip-fragment", clip: "clip-0001", fragment }) as const),
    { type: "clip-thumbnail", clip: "clip-0001", bytes: 50 } as const,
  ];
  disk.commit(batch);
  const once = bench.read((reader) => [reader.clip("clip-0001"), reader.events(all), reader.totals()]);
  disk.commit(batch);
  expect(bench.read((reader) => [reader.clip("clip-0001"), reader.events(all), reader.totals()])).toEqual(
    once,
  );
});

test("old days of the journal go when all their events have", async () => {
  await using bench = await openTestDisk();
  const disk = bench.reopen();
  disk.commit([
    eventChange("event-01"),
    eventChange("event-02", { startWallMs: startWallMs + 80 * 3_600_000 }),
  ]);
  const wallMs = startWallMs + 100 * 3_600_000;
  expect(disk.sweep({ ...threeDays, wallMs, monoMs: 0 }).events).toEqual(["event-01"]);
  expect(readdirSync(bench.paths.journal)).toEqual(["2026-02-04.jsonl"]);
});

test("a clock that leapt ten years deletes nothing", async () => {
  await using bench = await openTestDisk();
  await writeClip(bench.paths, { id: "clip-0001", startWallMs });
  const disk = bench.reopen();
  disk.sweep({ ...threeDays, wallMs: nowWallMs, monoMs: 0 });
  const leapt = disk.sweep({ ...threeDays, wallMs: nowWallMs + 3_650 * 86_400_000, monoMs: 60_000 });
  expect(leapt).toMatchObject({ clips: [], events: [] });
  expect(leapt.holdMs).toBeGreaterThan(0);
  const restarted = bench.reopen().sweep({ ...threeDays, wallMs: nowWallMs + 3_650 * 86_400_000, monoMs: 0 });
  expect(restarted).toMatchObject({ clips: [], events: [] });
});
