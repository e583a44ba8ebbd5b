/** Who closes and opens the camera's sight, in which order things happen, and what a full disk, a ledger and a clock may do. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PrivacyDesk } from "../../../../daemon/keeper/privacy/desk.ts";
import type { Happened } from "../../../../daemon/keeper/history.ts";
import type { WireFault } from "../../../../daemon/keeper/wire-fault.ts";
import { privacyFileSchema } from "../../../../daemon/wire/privacy.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { until } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";

const hourMs = 3_600_000;
const ada = { by: "owner", name: "Ada" } as const;
const ben = { by: "member", name: "Ben" } as const;
const broker = { by: "broker", name: null } as const;

interface World {
  readonly clock?: SimClock;
  boot: string;
  trusted: boolean;
  eyeFault: WireFault | null;
  ledger: "writes" | "fails";
  /** In order: what the eye was told, what stands in the ledger, what is on the disk when it was told. */
  readonly said: string[];
}

async function openDesk(folder: string, change: Partial<World> = {}) {
  const clock = change.clock ?? new SimClock();
  const world: World = {
    boot: "boot-a",
    trusted: true,
    eyeFault: null,
    ledger: "writes",
    said: [],
    ...change,
  };
  const path = join(folder, "privacy.json");
  const note = async ({ who, what, detail }: Happened): Promise<void> => {
    world.said.push([what, who ?? "doorbell", detail].join("|"));
  };
  const desk = new PrivacyDesk({
    path,
    clock,
    runningTime: () => ({ boot: world.boot, ms: clock.monoMs() }),
    clockTrusted: () => world.trusted,
    eyeFault: () => world.eyeFault,
    tellEye: (hold) => world.said.push(hold ? "eye: hold" : "eye: read"),
    append: async (happened) => {
      if (world.ledger === "fails") throw new Fault("exhausted", "the ledger cannot be written");
      await note(happened);
    },
    note,
    onChange: () => {},
  });
  await desk.open();
  return {
    desk,
    world,
    clock,
    path,
    file: async () => privacyFileSchema.parse(JSON.parse(await readFile(path, "utf8"))).closure,
    [Symbol.dispose]: () => desk[Symbol.dispose](),
  };
}

test("closing tells the eye at once, then the ledger, then the file; opening is in the ledger first", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  const { desk, world } = house;
  const closing = desk.close({ ...ada, forMs: hourMs });
  expect([desk.state.closed, desk.holds, world.said[0]]).toEqual([true, true, "eye: hold"]);
  await closing;
  expect([desk.holds, await house.file()]).toMatchObject([false, { by: "owner", name: "Ada" }]);
  await desk.openFor(ada);
  expect([desk.state.closed, await house.file()]).toEqual([false, null]);
  expect(world.said).toEqual([
    "eye: hold",
    "privacy-closed|Ada|for 1 h",
    "eye: read",
    "privacy-opened|Ada|",
    "eye: read",
  ]);
});

test.each([
  [ada, ben, true],
  [ada, broker, true],
  [ben, broker, true],
  [broker, ben, false],
  [broker, broker, false],
  [ben, ada, false],
  [ben, ben, false],
] as const)("what %o closed and %o wants to open stays closed: %s", async (closer, opener, stays) => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  await house.desk.close({ ...closer, forMs: null });
  const opened = await house.desk.openFor(opener).catch((error: Fault) => error.kind);
  expect([opened, house.desk.state.closed]).toEqual([stays ? "denied" : undefined, stays]);
});

test("the broker neither shortens nor takes over what a person closed", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  await house.desk.close({ ...ben, forMs: hourMs });
  await house.desk.close({ ...broker, forMs: 1_000 });
  await house.desk.close({ ...broker, forMs: null });
  expect(house.desk.state).toMatchObject({ by: "member", name: "Ben", untilWallMs: null });
  await expect(house.desk.openFor(broker)).rejects.toMatchObject({ kind: "denied" });
});

test("it is over when the time has run, whatever the wall clock does, and that is told", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  const { desk, clock, world } = house;
  await desk.close({ ...ada, forMs: hourMs });
  clock.stepWall(30 * 24 * hourMs);
  await clock.advance(hourMs - 1_000);
  expect(desk.state).toMatchObject({ closed: true, untilWallMs: clock.wallMs() + 1_000 });
  // what the file says of the wall clock follows it
  await until(async () => (await house.file())?.until?.wallMs === clock.wallMs() + 1_000);
  await clock.advance(2_000);
  expect([desk.state.closed, world.said.filter((each) => each.startsWith("privacy-opened"))]).toEqual([
    false,
    ["privacy-opened|doorbell|its time was over"],
  ]);
  await until(async () => (await house.file()) === null);
});

test("after another start it waits for a clock that is believed, and then for the rest", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  {
    using house = await openDesk(folder.path, { clock });
    await house.desk.close({ ...ada, forMs: hourMs });
  }
  clock.stepWall(hourMs / 2);
  using house = await openDesk(folder.path, { clock, boot: "boot-b", trusted: false });
  await clock.advance(2 * hourMs);
  expect(house.desk.state).toMatchObject({ closed: true, waitsForClock: true });
  clock.stepWall(-2 * hourMs);
  house.world.trusted = true;
  await clock.advance(1_000);
  expect(house.desk.state).toMatchObject({ closed: true, waitsForClock: false });
  await clock.advance(hourMs / 2 - 2_000);
  expect(house.desk.state.closed).toBe(true);
  await clock.advance(3_000);
  expect(house.desk.state.closed).toBe(false);
});

test("with a disk that takes nothing it is closed by word, until the disk does", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  await mkdir(join(folder.path, ".privacy.json.tmp")); // where it would be written first
  await house.desk.close({ ...ada, forMs: null });
  expect([house.desk.holds, house.desk.state]).toMatchObject([true, { closed: true, fault: {} }]);
  await rm(join(folder.path, ".privacy.json.tmp"), { recursive: true, force: true });
  await house.clock.advance(1_000);
  await until(() => !house.desk.holds);
  expect([(await house.file())?.by, house.desk.state.fault, house.world.said.at(-1)]).toEqual([
    "owner",
    undefined,
    "eye: read",
  ]);
});

test("what cannot be put on record does not open; closing does not ask", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path, { ledger: "fails" });
  await house.desk.close({ ...ada, forMs: null });
  await expect(house.desk.openFor(ada)).rejects.toMatchObject({ kind: "exhausted" });
  expect([house.desk.state.closed, (await house.file())?.by]).toEqual([true, "owner"]);
});

test("closed by somebody else while it is being opened, it stays closed for them", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  await house.desk.close({ ...ben, forMs: null });
  const opening = house.desk.openFor(ben).catch((error: Fault) => error.kind);
  const closing = new Promise<void>((resolve) =>
    queueMicrotask(() => resolve(house.desk.close({ ...ada, forMs: null }))),
  );
  await Promise.all([opening, closing]);
  expect([await opening, house.desk.state, await house.file()]).toMatchObject([
    "unavailable",
    { closed: true, by: "owner" },
    { by: "owner" },
  ]);
});

test("a file that is broken, or that the eye cannot read, is closed, and an owner alone opens it", async () => {
  await using folder = await tempFolder();
  await writeFile(join(folder.path, "privacy.json"), "{");
  using house = await openDesk(folder.path);
  expect(house.desk.state).toMatchObject({ closed: true, fault: { kind: "corrupt" } });
  await house.desk.close({ ...broker, forMs: 1_000 });
  for (const who of [broker, ben])
    await expect(house.desk.openFor(who)).rejects.toMatchObject({ kind: "denied" });
  await house.desk.openFor(ada);
  expect([house.desk.state, await house.file()]).toMatchObject([{ closed: false }, null]);

  house.world.eyeFault = { kind: "corrupt", message: "the privacy state is gone" };
  expect(house.desk.state).toMatchObject({ closed: true, by: null, fault: { kind: "corrupt" } });
  await expect(house.desk.openFor(ben)).rejects.toMatchObject({ kind: "denied" });
  house.world.said.length = 0;
  await house.desk.openFor(ada);
  expect(house.world.said).toEqual(["privacy-opened|Ada|", "eye: read"]);
});

test("an eye that a keeper before this one closed by word stays closed: an owner opens it", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  const { desk, world } = house;
  desk.adopt();
  expect([desk.state.closed, desk.state.by, desk.holds]).toEqual([true, "owner", true]);
  await until(async () => (await house.file().catch(() => null)) !== null);
  expect(await house.file()).toMatchObject({ by: "owner", name: null, until: null });
  await expect(desk.openFor(ben)).rejects.toThrow("closed by the owner");
  await desk.openFor(ada);
  expect([desk.state.closed, world.said[0]]).toEqual([false, "eye: hold"]);
});

test("where the file says closed too, it counts, with who closed it and until when", async () => {
  await using folder = await tempFolder();
  using house = await openDesk(folder.path);
  await house.desk.close({ ...ben, forMs: hourMs });
  const before = await house.file();
  house.desk.adopt();
  expect([house.desk.state.name, await house.file(), house.world.said.at(-1)]).toEqual([
    "Ben",
    before,
    "eye: read",
  ]);
});
