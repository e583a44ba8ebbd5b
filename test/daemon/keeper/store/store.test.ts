import { appendFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Change } from "../../../../daemon/keeper/store/change.ts";
import type { Opened } from "../../../../daemon/keeper/store/disk.ts";
import { Store } from "../../../../daemon/keeper/store/store.ts";
import { WriteQueue } from "../../../../daemon/keeper/store/write-queue.ts";
import { dataPaths, type DataPaths } from "../../../../daemon/wire/paths.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { until } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";
import { event, eventChange, startWallMs } from "./rows.ts";

interface TestStore extends AsyncDisposable {
  readonly store: Store;
  readonly paths: DataPaths;
  readonly openings: readonly Opened[];
}

async function openTestStore(): Promise<TestStore> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await tempFolder());
  const paths = dataPaths(folder.path);
  const openings: Opened[] = [];
  const store = stack.use(
    new Store({
      paths,
      clock: systemClock,
      onCommitted: () => {},
      onFault: () => {},
      onOpened: (opened) => openings.push(opened),
    }),
  );
  await store.open();
  const open = stack.move();
  return { store, paths, openings, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** Rows straight into the tables: 30,000 events over 30 days, every third a ring. */
function fill(paths: DataPaths, count: number): void {
  using database = new DatabaseSync(paths.database);
  const insert = database.prepare(
    "INSERT INTO events (id, kind, state, start_wall_ms, end_wall_ms, score, zones) VALUES (?, ?, 'closed', ?, ?, 1, '[\"path\"]')",
  );
  database.exec("BEGIN");
  for (let index = 0; index < count; index += 1) {
    const id = `event-${String(index).padStart(6, "0")}`;
    // several events at the same millisecond: the id decides
    const atMs = startWallMs + Math.floor(index / 3) * 86_400;
    insert.run(id, index % 3 === 0 ? "ring" : "motion", atMs, atMs + 5_000);
  }
  database.exec("COMMIT");
}

test("pages by key visit every one of 30,000 events once, newest first, half of them in under 20 ms", async () => {
  await using door = await openTestStore();
  fill(door.paths, 30_000);
  const seen = new Set<string>();
  const tookMs: number[] = [];
  let before: { startWallMs: number; id: string } | null = null;
  for (;;) {
    const startMs = performance.now();
    const page = door.store.events({ before, limit: 200, kind: null });
    tookMs.push(performance.now() - startMs);
    for (const each of page) seen.add(each.id);
    before = page.at(-1) ?? null;
    if (before === null) break;
  }
  tookMs.sort((a, b) => a - b);
  expect(seen.size).toBe(30_000);
  expect(tookMs[Math.floor(tookMs.length / 2)]).toBeLessThan(20);
});

test("a page of one kind holds only that kind", async () => {
  await using door = await openTestStore();
  fill(door.paths, 9);
  const rings = door.store.events({ before: null, limit: 2, kind: "ring" });
  expect(rings.map((each) => each.id)).toEqual(["event-000006", "event-000003"]);
  const older = door.store.events({ before: rings[1] ?? null, limit: 5, kind: "ring" });
  expect(older.map((each) => each.id)).toEqual(["event-000000"]);
});

test("events that still wait are laid over the rows, in order and within the page", async () => {
  await using door = await openTestStore();
  fill(door.paths, 6);
  door.store.push(eventChange("event-000001", { startWallMs, state: "interrupted" }));
  door.store.push(eventChange("event-00000z", { startWallMs: startWallMs + 1 }));
  const page = door.store.events({ before: null, limit: 5, kind: null });
  expect(page.map((each) => each.id)).toEqual([
    "event-000005",
    "event-000004",
    "event-000003",
    "event-00000z",
    "event-000002",
  ]);
  expect(door.store.event("event-000001")).toMatchObject({ state: "interrupted" });
  await door.store.queue.settled();
  expect(door.store.queue).toMatchObject({ in: 2, out: 2, dropped: 0, waiting: 0 });
});

test("an index that breaks while it is used is moved aside and rebuilt, and nothing is lost", async () => {
  await using door = await openTestStore();
  door.store.push(eventChange("event-01"));
  await door.store.queue.settled();
  {
    using database = new DatabaseSync(door.paths.database);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  writeFileSync(door.paths.database, Buffer.alloc(200_000, 0x55));
  door.store.push(eventChange("event-02"));
  await until(() => door.openings.length === 2);
  await until(() => door.store.queue.waiting === 0);
  expect(door.openings[1]?.movedTo).toMatch(/aside/);
  const ids = door.store.events({ before: null, limit: 5, kind: null }).map((each) => each.id);
  expect(ids).toEqual(["event-02", "event-01"]);
});

test("a journal line cut in the middle does not stop the start", async () => {
  await using folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const lines: Opened[] = [];
  const options = {
    paths,
    clock: systemClock,
    onCommitted: () => {},
    onFault: () => {},
    onOpened: (opened: Opened) => lines.push(opened),
  };
  {
    await using store = new Store(options);
    await store.open();
    store.push(eventChange("event-01"));
  }
  appendFileSync(`${paths.journal}/2026-01-31.jsonl`, '{"change":"event","event":{"id":"ev');
  await using store = new Store(options);
  await store.open();
  expect(lines[1]).toMatchObject({ skippedLines: 1 });
  expect(store.event("event-01")).toEqual(event("event-01"));
});

/** A queue whose disk does what the test says. */
function queueOver(commit: (changes: readonly Change[]) => Promise<void>) {
  const clock = new SimClock();
  const faults: (string | null)[] = [];
  const queue = new WriteQueue({
    clock,
    commit,
    onCommitted: () => {},
    onFault: (fault) => faults.push(fault?.kind ?? null),
  });
  return { clock, queue, faults };
}

test("while the disk is full changes wait, are bounded, and the oldest are dropped and counted", async () => {
  let full = true;
  const stored: string[] = [];
  const { clock, queue, faults } = queueOver(async (changes) => {
    if (full) throw new Fault("exhausted", "full");
    for (const change of changes) if (change.type === "event") stored.push(change.event.id);
  });
  for (let index = 0; index < 5_000; index += 1) queue.push(eventChange(`event-${index}`));
  await clock.advance(10_000);
  expect(queue.waiting).toBeLessThanOrEqual(4_096 + 256);
  expect(queue.dropped).toBe(5_000 - queue.waiting);
  full = false;
  await clock.advance(5_000);
  expect(queue).toMatchObject({ waiting: 0, fault: null });
  expect(stored.at(-1)).toBe("event-4999");
  expect(stored).toHaveLength(5_000 - queue.dropped);
  expect(faults).toEqual(["exhausted", null]);
});

test("one change that the index refuses does not block the others", async () => {
  const stored: string[] = [];
  const { clock, queue } = queueOver(async (changes) => {
    const ids = changes.map((change) => (change.type === "event" ? change.event.id : ""));
    if (ids.includes("poison-1")) throw new Fault("bug", "constraint failed");
    stored.push(...ids);
  });
  for (const id of ["event-01", "poison-1", "event-02"]) queue.push(eventChange(id));
  await clock.advance(1);
  expect(stored).toEqual(["event-01", "event-02"]);
  expect(queue).toMatchObject({ dropped: 1, waiting: 0 });
});
