/**
 * A disk that fails under the real doorbell: what strace makes the kernel say, and what the doorbell makes of it.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { dataPaths, dayOf } from "../../daemon/wire/paths.ts";
import { ext4Disk, ext4Problem } from "../../scripts/rigs/crash/ext4.ts";
import { onSmallDisk } from "../../scripts/rigs/crash/small-disks.ts";
import { smallPicture, startHouse, type House, type HouseOptions } from "../../scripts/rigs/crash/house.ts";
import { fsyncsIn, straceProblem, type Injection } from "../../scripts/rigs/crash/injection.ts";
import { startBareDaemon } from "../../scripts/rigs/daemon.ts";
import { pairFolder } from "../../scripts/rigs/paired.ts";
import { getJson, human, signIn, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { eventIn, writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const wait = { timeout: 60_000, interval: 100 };
/** Each file of a recording takes four seconds of fsync then. */
const slowWait = { timeout: 120_000, interval: 200 };
const flags = [...smallPicture, "--sim.visitorsPerHour=0", "--button.cooldownMs=0", "--storage.minFreeMb=0"];

async function openHouse(
  context: { skip(note: string): void },
  options: Omit<HouseOptions, "flags">,
): Promise<{ house: House; owner: SignedInHuman } | null> {
  const problem = straceProblem();
  if (problem !== null) context.skip(`SKIPPED: ${problem}`);
  if (problem !== null) return null;
  await pairFolder(options.data);
  await using stack = new AsyncDisposableStack();
  const house = stack.use(await startHouse({ ...options, flags }));
  expect(await house.listening, house.output()).toBe(true);
  const owner = await signIn(house.url, human(1));
  stack.move(); // whoever asked ends it
  return { house, owner };
}

const statusOf = (owner: SignedInHuman): Promise<Status> => getJson<Status>(owner, "/api/status");
const waitingIn = ({ stages }: Status): number =>
  stages.find(({ name }) => name === "store waiting")?.in ?? Number.NaN;
const press = (owner: SignedInHuman): Promise<Response> => owner.fetch("/api/sim/press", { method: "POST" });
const ringsOf = async (owner: SignedInHuman): Promise<number> =>
  (await getJson<{ events: Event[] }>(owner, "/api/events?kind=ring")).events.length;

test("without a free descriptor nothing is deleted, and what waited is kept", async (context) => {
  await using folder = await tempFolder();
  const [data, log] = [join(folder.path, "data"), join(folder.path, "strace")];
  const paths = dataPaths(data);
  const startWallMs = Date.now() - 3_600_000;
  const clips = await Promise.all(
    ["clip-0001", "clip-0002"].map((id) =>
      writeClip(paths, {
        id,
        startWallMs,
        events: [eventIn(`event-${id}`, startWallMs)],
        bytesEach: 400_000,
      }),
    ),
  );
  const journal = join(paths.journal, `${dayOf(Date.now())}.jsonl`);
  const keeper = { call: "open", what: "error=EMFILE:when=1+", log, paths: [journal] } as const;
  const opened = await openHouse(context, { data, injections: { keeper } });
  if (opened === null) return;
  {
    await using house = opened.house;
    await press(opened.owner);
    await vi.waitFor(
      async () => expect((await statusOf(opened.owner)).storage.fault?.message).toMatch(/EMFILE/),
      wait,
    );
    await house.stop(); // waits for what is being deleted
  }
  expect(await readFile(log, "utf8")).toContain("EMFILE");
  expect(clips.map((clip) => existsSync(clip.folder))).toEqual([true, true]);
});

/** Of the file that is to be given up; the WAL's is that of its database. */
async function inodeOf([path = ""]: readonly string[]): Promise<number> {
  return (await stat(path.replace(/-wal$/u, ""))).ino;
}

/** The first fsync of each of `paths` in this thread's order fails, once. */
function failing(paths: readonly string[], log: string): Injection {
  return { call: "fsync", what: "error=EIO:when=1", log, paths, alsoTrace: "openat,close" };
}

/** At least one fsync failed, and no descriptor whose fsync failed was fsynced again. */
async function expectNeverAgain(log: string): Promise<void> {
  const seen = fsyncsIn(await readFile(log, "utf8"));
  const failed = new Set(seen.filter((each) => each.failed).map(({ opening }) => opening));
  expect(failed.size).toBeGreaterThan(0);
  expect(failed.has(0)).toBe(false); // its opening was seen
  for (const opening of failed) expect(seen.filter((each) => each.opening === opening)).toHaveLength(1);
}

test.for<readonly [string, (data: string) => string[]]>([
  ["the journal of events", (data) => [join(dataPaths(data).journal, `${dayOf(Date.now())}.jsonl`)]],
  ["the index", (data) => [`${dataPaths(data).database}-wal`]],
  ["the ledger", (data) => [join(dataPaths(data).ledger, "entries", "000000.jsonl")]],
])("when an fsync of %s fails, that file is given up and nothing is lost", async ([, pathsOf], context) => {
  await using folder = await tempFolder();
  const [data, log] = [join(folder.path, "data"), join(folder.path, "strace")];
  const first = await openHouse(context, { data });
  if (first === null) return;
  {
    await using house = first.house;
    await press(first.owner);
    await vi.waitFor(async () => expect(await ringsOf(first.owner)).toBe(1), wait);
    await house.stop();
  }
  const before = await inodeOf(pathsOf(data));
  const again = await openHouse(
    { skip: () => {} },
    { data, injections: { keeper: failing(pathsOf(data), log) } },
  );
  if (again === null) return;
  await using house = again.house;
  for (let each = 0; each < 3; each += 1) await press(again.owner);
  await vi.waitFor(async () => {
    const status = await statusOf(again.owner);
    expect([waitingIn(status), status.storage.fault, status.ledger.fault]).toEqual([0, undefined, undefined]);
    expect(await ringsOf(again.owner)).toBe(4);
  }, wait);
  await house.stop();
  await expectNeverAgain(log);
  expect(await inodeOf(pathsOf(data))).not.toBe(before); // another file is in its place
  const last = await openHouse(context, { data });
  if (last === null) return;
  await using end = last.house;
  await vi.waitFor(async () => expect(await ringsOf(last.owner), end.output()).toBe(4), wait);
});

test(
  "an fsync that takes seconds delays no ring, and the recording goes on",
  { timeout: 300_000 },
  async (context) => {
    await using folder = await tempFolder();
    const data = join(folder.path, "data");
    const slow = (name: string): Injection => ({
      call: "fsync",
      // longer than a busy machine takes from a press to what is asked after it
      what: name === "keeper" ? "delay_exit=6000000" : "delay_exit=2000000:when=1..2",
      log: join(folder.path, `strace-${name}`),
      paths: name === "keeper" ? [join(dataPaths(data).journal, `${dayOf(Date.now())}.jsonl`)] : [],
    });
    const opened = await openHouse(context, {
      data,
      injections: { keeper: slow("keeper"), eye: slow("eye") },
    });
    if (opened === null) return;
    await using house = opened.house;
    const { owner } = opened;
    const page = owner.socket("/api/ws");
    let told = 0;
    page.on("message", (text: Buffer) => (told += text.toString().includes('"fresh":true') ? 1 : 0));
    await new Promise((resolve) => page.once("open", resolve));
    for (let each = 0; each < 3; each += 1) {
      await press(owner);
      await vi.waitFor(() => expect(told).toBe(each + 1), { timeout: 30_000, interval: 5 });
      // told while the disk is still at it: nothing waited for the fsync
      if (each === 2) expect(waitingIn(await statusOf(owner))).toBeGreaterThan(0);
    }
    await vi.waitFor(async () => expect(waitingIn(await statusOf(owner))).toBe(0), wait);
    await vi.waitFor(async () => {
      const files = await readdir(dataPaths(data).clips, { recursive: true });
      expect(files.filter((name) => name.endsWith(".m4s.age")).length).toBeGreaterThan(0);
    }, slowWait);
    page.close();
    expect(house.isAlive("eye")).toBe(true);
  },
);

test.for([1, 4])("a disk of %d MB that the recording fills loses no ring", async (megabytes, context) => {
  const problem = await ext4Problem();
  if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
  const { problems, fault } = await onSmallDisk(megabytes, 20);
  expect(problems).toEqual([]);
  if (megabytes === 1) expect(fault).toMatch(/space|full/u);
});

test("a disk that goes read-only rings, says so, and has what was kept when it is mended", async (context) => {
  const problem = await ext4Problem();
  if (problem !== null) return context.skip(`SKIPPED: ${problem}`);
  await using disk = await ext4Disk(64);
  const data = join(disk.path, "data");
  await pairFolder(data);
  {
    await using house = await startHouse({ data, flags });
    expect(await house.listening, house.output()).toBe(true);
    const owner = await signIn(house.url, human(1));
    await press(owner);
    await vi.waitFor(
      async () => expect([await ringsOf(owner), waitingIn(await statusOf(owner))]).toEqual([1, 0]),
      wait,
    );
    await disk.turnReadOnly();
    await press(owner);
    await vi.waitFor(async () => expect(await ringsOf(owner)).toBe(2), wait);
    await vi.waitFor(
      async () => expect((await statusOf(owner)).storage.fault?.message).toMatch(/read-only|EROFS/u),
      wait,
    );
    expect((await statusOf(owner)).storage.evicted).toBe(0);
  }
  {
    // as a device is set up, with its sockets not on the card
    await using folder = await tempFolder();
    await using house = await startHouse({ data, flags: [...flags, `--run=${folder.path}`] });
    expect(await house.listening, house.output()).toBe(true);
    await vi.waitFor(async () => {
      const { problems } = (await (await fetch(`${house.url}/healthz`)).json()) as { problems: string[] };
      expect(problems.join(), house.output()).toMatch(/read-only/u);
    }, wait);
    expect(house.isAlive("keeper"), house.output()).toBe(true);
  }
  {
    // nobody can reach anybody without sockets: it ends, with words
    await using house = await startHouse({ data, flags });
    await vi.waitFor(() => expect(house.isAlive("keeper"), house.output()).toBe(false), wait);
    expect(house.output()).toMatch(/no socket can be made in .*: its file system is read-only/u);
    expect(house.output()).toMatch(/hint: the card is mounted read-only .* --run=/u);
    await expect(startBareDaemon({ data, flags })).rejects.toThrow(/hint: the card is mounted read-only/u);
  }
  await disk.mend();
  await using house = await startHouse({ data, flags });
  expect(await house.listening, house.output()).toBe(true);
  const owner = await signIn(house.url, human(1));
  await vi.waitFor(async () => expect(await ringsOf(owner)).toBeGreaterThanOrEqual(1), wait);
});
