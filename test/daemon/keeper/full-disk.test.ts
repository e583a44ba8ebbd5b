import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDeviceKey } from "../../../daemon/identity/device-key.ts";
import { healthSchema } from "../../../daemon/wire/api-health.ts";
import { dataPaths, dayOf } from "../../../daemon/wire/paths.ts";
import { eventIn, writeClip } from "./clip-on-disk.ts";
import { withCookie } from "../../../scripts/rigs/person.ts";
import { openBareDoor, openDoor } from "./door.ts";
import { openPage, until } from "./page.ts";
import { smallDisk } from "../../../scripts/rigs/small-disk.ts";
import { connectTestEye } from "./test-eye.ts";

const megabyte = 1024 * 1024;

async function diskOrSkip(context: { skip(note: string): void }, megabytes: number) {
  const disk = await smallDisk(megabytes);
  if (disk === null) context.skip("SKIPPED: mounting a small tmpfs needs root");
  return disk;
}

test("on a full disk a press still reaches the page at once, waits for the store, and is shown", async (context) => {
  await using disk = await diskOrSkip(context, 4);
  if (disk === null) return;
  await using door = await openDoor({ data: disk.path, settings: { button: { cooldownMs: 0 } } });
  await using page = await openPage(door.owner);
  await door.keeper.settled();
  disk.fill();
  for (let press = 0; press < 20; press += 1) await door.button.press();
  await until(() => page.notices.filter((each) => each.type === "event" && each.fresh).length === 20);
  await until(() => door.keeper.status().storage.fault?.kind === "exhausted");
  const health = healthSchema.parse(await (await door.get("/healthz")).json());
  expect(health).toMatchObject({ store: "failed" });
  expect(health.problems.join()).toMatch(/20 changes wait for the disk/);
  disk.empty();
  await until(() => door.keeper.status().storage.events === 20);
  await until(() => door.keeper.status().storage.fault === undefined);
});

test("when the eye finds the disk full, the oldest clip goes and the eye is told", async (context) => {
  await using disk = await diskOrSkip(context, 8);
  if (disk === null) return;
  await using door = await openDoor({ data: disk.path });
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  const wallMs = Date.now() - 60_000;
  const folders: string[] = [];
  for (const id of ["clip-0001", "clip-0002"]) {
    const events = [eventIn(`event-${id}`, wallMs)];
    const clip = { id, startWallMs: wallMs, events, bytesEach: megabyte };
    folders.push((await writeClip(door.paths, clip)).folder);
    eye.send({
      type: "event-opened",
      event: `event-${id}`,
      kind: "motion",
      startWallMs: wallMs,
      score: 1,
      zones: [],
    });
    await eye.record(door.paths, clip);
    eye.send({ type: "clip-closed", clip: id, endWallMs: wallMs + 4_000, reason: "quiet" });
  }
  await until(() => door.keeper.status().storage.usedBytes > 4 * megabyte);
  disk.fill();
  eye.send({ type: "disk-full", wantedBytes: 500_000 });
  await until(() => eye.received.some((each) => each.type === "disk-freed"));
  expect(folders.map((folder) => existsSync(folder))).toEqual([false, true]);
  expect(door.keeper.status().storage).toMatchObject({ evicted: 1, clips: 1, events: 2 });
  await page.next(
    (each) => each.type === "event" && each.event.id === "event-clip-0001" && each.event.clip === null,
  );
});

test("when the eye finds the disk full, old days of the motion journal go before any clip does", async (context) => {
  await using disk = await diskOrSkip(context, 8);
  if (disk === null) return;
  await using door = await openDoor({ data: disk.path });
  await using eye = await connectTestEye(door.paths);
  const wallMs = Date.now() - 60_000;
  const clip = { id: "clip-0001", startWallMs: wallMs, events: [eventIn("event-0001", wallMs)] };
  const { folder } = await writeClip(door.paths, { ...clip, bytesEach: megabyte });
  await eye.record(door.paths, { ...clip, bytesEach: megabyte });
  eye.send({ type: "clip-closed", clip: "clip-0001", endWallMs: wallMs + 4_000, reason: "quiet" });
  await until(() => door.keeper.status().storage.usedBytes > megabyte);
  await door.keeper.settled();
  await mkdir(door.paths.motion, { recursive: true });
  const today = dayOf(Date.now());
  const days = [dayOf(Date.now() - 86_400_000), today];
  for (const day of days)
    await writeFile(join(door.paths.motion, `${day}.sight`), Buffer.alloc(1.5 * megabyte));
  disk.fill();
  eye.send({ type: "disk-full", wantedBytes: 500_000 });
  await until(() => eye.received.some((each) => each.type === "disk-freed"));
  expect(await readdir(door.paths.motion)).toEqual([`${today}.sight`]);
  expect([existsSync(folder), door.keeper.status().storage.evicted]).toEqual([true, 0]);
});

test("where not even the index opens, the oldest finished clip makes room for it", async (context) => {
  await using disk = await diskOrSkip(context, 8);
  if (disk === null) return;
  const paths = dataPaths(disk.path);
  const wallMs = Date.now() - 60_000;
  const write = (id: string, closed?: null) =>
    writeClip(paths, { id, startWallMs: wallMs, bytesEach: megabyte, ...(closed === null && { closed }) });
  const cut = await write("clip-0001", null);
  const finished = [await write("clip-0002"), await write("clip-0003")];
  await openDeviceKey(paths.deviceKey);
  disk.fill();
  await using door = await openBareDoor({ data: disk.path });
  await until(() => door.keeper.status().storage.clips === 2, 15_000);
  const left = [cut, ...finished].map(({ folder }) => existsSync(folder));
  expect(left).toEqual([true, false, true]);
});

test("a keeper that starts on a full disk rings, and opens its index when there is room", async (context) => {
  await using disk = await diskOrSkip(context, 4);
  if (disk === null) return;
  const before = await openDoor({ data: disk.path });
  await before[Symbol.asyncDispose]();
  for (const tail of ["", "-wal", "-shm"]) await rm(before.paths.database + tail, { force: true });
  disk.fill();
  await using door = await openBareDoor({ data: disk.path });
  await using page = await openPage(withCookie(door.base, before.owner, before.owner.cookie));
  await door.button.press();
  await page.next((each) => each.type === "event");
  expect(door.keeper.status().storage.fault?.kind).toBe("exhausted");
  disk.empty();
  await until(() => door.keeper.status().storage.events === 1, 15_000);
});
