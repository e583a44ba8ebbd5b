/**
 * A disk that fails under the real doorbell: what strace makes the kernel say, and what the doorbell makes of it.
 */
import { readFile, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Event, Status } from "../../daemon/wire/api.ts";
import { dataPaths, dayOf } from "../../daemon/wire/paths.ts";
import { smallPicture, startHouse, type House, type HouseOptions } from "../../scripts/rigs/crash/house.ts";
import { fsyncsIn, straceProblem, type Injection } from "../../scripts/rigs/crash/injection.ts";
import { pairFolder } from "../../scripts/rigs/paired.ts";
import { getJson, human, signIn, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { eventIn, writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const wait = { timeout: 30_000, interval: 100 };
const flags = [...smallPicture, "--sim.visitorsPerHour=0", "--button.cooldownMs=0", "--storage.minFreeMb=0"];

async function openHouse(
  context: { skip(note: string): void },
  options: Omit<HouseOptions, "flags">,
): Promise<{ house: House; owner: SignedInHuman } | null> {
  const problem = straceProblem();
  if (problem !== null) context.skip(`SKIPPED: ${problem}`);
  if (problem !== null) return null;
  await pairFolder(options.data);
  const house = await startHouse({ ...options, flags });
  expect(await house.listening, house.output()).toBe(true);
  return { house, owner: await signIn(house.url, human(1)) };
}

const statusOf = (owner: SignedInHuman): Promise<Status> => getJson<Status>(owner, "/api/status");
const waitingIn = ({ stages }: Status): number =>
  stages.find(({ name }) => name === "store waiting")?.in ?? Number.NaN;
const press = (owner: SignedInHuman): Promise<Response> => owner.fetch("/api/sim/press", { method: "POST" });
const ringsOf = async (owner: SignedInHuman): Promise<number> =>
  (await getJson<{ events: Event[] }>(owner, "/api/events?kind=ring")).events.length;

test(
  "without a free descriptor nothing is deleted, and what waited is kept",
  { timeout: 120_000 },
  async (context) => {
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
  },
);

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
])(
  "when an fsync of %s fails, that file is given up and nothing is lost",
  { timeout: 120_000 },
  async ([, pathsOf], context) => {
    await using folder = await tempFolder();
    const [data, log] = [join(folder.path, "data"), join(folder.path, "strace")];
    const first = await openHouse(context, { data });
    if (first === null) return;
    await press(first.owner);
    await vi.waitFor(async () => expect(await ringsOf(first.owner)).toBe(1), wait);
    await first.house.stop();
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
      expect([waitingIn(status), status.storage.fault, status.ledger.fault]).toEqual([
        0,
        undefined,
        undefined,
      ]);
      expect(await ringsOf(again.owner)).toBe(4);
    }, wait);
    await house.stop();
    await expectNeverAgain(log);
    expect(await inodeOf(pathsOf(data))).not.toBe(before); // another file is in its place
    const last = await openHouse(context, { data });
    if (last === null) return;
    await using end = last.house;
    await vi.waitFor(async () => expect(await ringsOf(last.owner), end.output()).toBe(4), wait);
  },
);
