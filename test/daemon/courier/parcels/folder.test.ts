/** Parcels into the owner's own folder. */
import { mkdir, readFile, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { tempFolder, type TempFolder } from "../../keeper/temp-folder.ts";
import { until } from "../../keeper/page.ts";
import { sha256 } from "../../../../scripts/rigs/tus-dock.ts";
import { mib, openParcelRig, parcelOf, type ParcelRig } from "./parcel-rig.ts";

interface ArchiveRig extends AsyncDisposable {
  readonly rig: ParcelRig;
  readonly folder: string;
  readonly to: string;
}

async function openArchive(prepare: (folder: string) => Promise<void> = async () => {}): Promise<ArchiveRig> {
  await using stack = new AsyncDisposableStack();
  const outer: TempFolder = stack.use(await tempFolder());
  const folder = join(outer.path, "nas of ada");
  await mkdir(folder);
  await prepare(folder);
  const to = pathToFileURL(folder).href;
  const rig = stack.use(await openParcelRig(to));
  const open = stack.move();
  return { rig, folder, to, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

test("a parcel lies in the folder as one file, whole, under its grant's name", async () => {
  await using archive = await openArchive();
  const { rig, folder, to } = archive;
  const parcel = parcelOf(to, [900, mib, mib, 40_000]);
  rig.keeper.carry(parcel);
  expect(await rig.ended(parcel)).toMatchObject({ state: "delivered", location: null });
  expect(await readdir(folder)).toEqual([`${parcel.order.grant}.parcel`]);
  expect(sha256(await readFile(join(folder, `${parcel.order.grant}.parcel`)))).toBe(sha256(parcel.bytes));
});

test("after a crash it goes on, from before the chunk that may be torn", async () => {
  await using archive = await openArchive();
  const { rig, folder, to } = archive;
  const parcel = parcelOf(to, [900, mib, mib, mib, 40_000]);
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  rig.keeper.gate = (_grant, offset) => {
    if (offset < 900 + 2 * mib) return null;
    resolve();
    return new Promise(() => {});
  };
  rig.keeper.carry(parcel);
  await asked;
  const unfinished = join(folder, `${parcel.order.grant}.unfinished`);
  await truncate(unfinished, 900 + 2 * mib - 300_000); // what a power cut took
  await writeFile(unfinished, Buffer.alloc(100_000), { flag: "a" }); // and what it left
  rig.keeper.gate = () => null;
  await rig.crash();
  expect((await rig.ended(parcel)).state).toBe("delivered");
  expect(sha256(await readFile(join(folder, `${parcel.order.grant}.parcel`)))).toBe(sha256(parcel.bytes));
  expect(rig.keeper.handed.filter(({ offset }) => offset < 900).length).toBe(1);
});

test("a parcel that was whole before anybody was told is told, and not asked for again", async () => {
  const parcel = parcelOf("", [900, 100]);
  await using archive = await openArchive((folder) =>
    writeFile(join(folder, `${parcel.order.grant}.parcel`), parcel.bytes),
  );
  const { rig, to } = archive;
  rig.keeper.carry({ ...parcel, order: { ...parcel.order, deliverTo: to } });
  expect((await rig.ended(parcel)).state).toBe("delivered");
  expect(rig.keeper.handed).toEqual([]);
});

test("a stop removes what is unfinished, and with forget the parcel too", async () => {
  await using archive = await openArchive();
  const { rig, folder, to } = archive;
  const done = parcelOf(to, [10]);
  rig.keeper.carry(done);
  await rig.ended(done);
  const parcel = parcelOf(to, [900, 100]);
  rig.keeper.gate = (_grant, offset) => (offset === 0 ? null : new Promise(() => {}));
  rig.keeper.carry(parcel);
  await rig.keeper.next("chunk-asked", ({ offset }) => offset === 900);
  const stop = (grant: string, forget: boolean): void =>
    rig.keeper.send({ type: "parcel-stop", grant, deliverTo: to, location: null, forget });
  stop(parcel.order.grant, false);
  await rig.ended(parcel);
  stop(done.order.grant, false);
  await until(
    () =>
      rig.keeper.said.filter((said) => said.type === "parcel-state" && said.state === "stopped").length === 2,
  );
  expect(await readdir(folder)).toEqual([`${done.order.grant}.parcel`]);
  stop(done.order.grant, true);
  await until(async () => (await readdir(folder)).length === 0);
});

test("the folder of a disk that is not mounted is waited for, and never made", async () => {
  await using archive = await openArchive((folder) => rm(folder, { recursive: true }));
  const { rig, folder, to } = archive;
  const parcel = parcelOf(to, [10]);
  rig.keeper.carry(parcel);
  await rig.keeper.next("parcel-state", ({ fault }) => fault !== undefined);
  await mkdir(folder);
  expect((await rig.retried(parcel)).fault).toEqual({
    kind: "not-found",
    message: "the archive's folder is not there",
    hint: "is its disk mounted?",
  });
  expect((await rig.ended(parcel)).state).toBe("delivered");
});

test.each([
  ["a folder below it", (to: string) => `${to}/below`],
  ["a folder above it", (to: string) => to.replace(/\/[^/]*$/u, "")],
  ["the same with a detour", (to: string) => `${to}/../nas%20of%20ada`],
  ["another folder", () => "file:///tmp"],
  ["another machine's folder", (to: string) => to.replace("file:///", "file://nas/")],
])("%s is not the archive", async (_what, other) => {
  await using archive = await openArchive((folder) => mkdir(join(folder, "below")));
  const { rig, to } = archive;
  const parcel = parcelOf(other(to), [10]);
  rig.keeper.carry(parcel);
  expect(await rig.ended(parcel)).toMatchObject({
    state: "failed",
    fault: { kind: "denied", message: "that folder is not the archive of the settings" },
  });
  expect(rig.keeper.handed).toEqual([]);
});

test.each([
  ["the unfinished file is a link", "unfinished"],
  ["the parcel is a link", "parcel"],
])("when %s, nothing is written through it", async (_what, ending) => {
  const parcel = parcelOf("", [10]);
  await using archive = await openArchive(async (folder) => {
    await writeFile(join(folder, "..", "victim"), "mine");
    await symlink("../victim", join(folder, `${parcel.order.grant}.${ending}`));
  });
  const { rig, folder, to } = archive;
  rig.keeper.carry({ ...parcel, order: { ...parcel.order, deliverTo: to } });
  const { fault } = await rig.keeper.next("parcel-state", (state) => state.fault !== undefined);
  expect(fault?.message).toMatch(/archive/u);
  expect(await readFile(join(folder, "..", "victim"), "utf8")).toBe("mine");
  expect(rig.keeper.handed).toEqual([]);
});

test("a folder that is a link is no archive", async () => {
  await using archive = await openArchive(async (folder) => {
    await rm(folder, { recursive: true });
    await symlink("/tmp", folder);
  });
  const { rig, to } = archive;
  const parcel = parcelOf(to, [10]);
  rig.keeper.carry(parcel);
  expect(await rig.ended(parcel)).toMatchObject({
    state: "failed",
    fault: { message: "the archive is not a folder" },
  });
});
