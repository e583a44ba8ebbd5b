/** The self-test of a running house: over the control socket and over the API. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askHouse } from "../../../../daemon/cli/ask-house.ts";
import { SelftestDesk } from "../../../../daemon/keeper/selftest/desk.ts";
import { mostReports, SelftestShelf } from "../../../../daemon/keeper/selftest/shelf.ts";
import { houseDoor } from "../../../../daemon/keeper/selftest/house-door.ts";
import { diskFiles } from "../../../../daemon/files/disk.ts";
import type { ControlLine } from "../../../../daemon/wire/control.ts";
import type { SelftestState } from "../../../../daemon/wire/api-selftest.ts";
import { selftestReportSchema } from "../../../../daemon/wire/selftest.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { simulatedMachine } from "../../selftest/simulated-machine.ts";
import { sample } from "../../selftest/report/sample.ts";
import { Examinations } from "../../../../daemon/keeper/examinations.ts";
import { OutsideCalls } from "../../../../daemon/keeper/outside-calls.ts";
import type { SensorDrivers } from "../../../../daemon/keeper/sensors/drivers.ts";
import { Sensors } from "../../../../daemon/keeper/sensors/sensors.ts";
import { openCourier } from "../../../../daemon/courier/courier.ts";
import { version } from "../../../../daemon/wire/sill-version.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { simButton, simChime, simLight, simPir } from "../../../../hal/sim/sensors.ts";
import { openDoor, testSettings, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";
import { tempFolder } from "../temp-folder.ts";

const some = ["settings-sound", "keys", "policy"];

function asking(door: TestDoor, only: string[]) {
  const heard: ControlLine[] = [];
  const giveUp = new AbortController();
  const ask = { ask: "selftest", only, attended: false, outbound: false } as const;
  const over = askHouse(door.paths, ask, { onLine: (line) => heard.push(line), signal: giveUp.signal });
  over.catch(() => {}); // a test that ends early
  return { heard, over, giveUp: () => giveUp.abort() };
}

async function stateOf(door: TestDoor): Promise<SelftestState> {
  return (await (await door.get("/api/selftest")).json()) as SelftestState;
}

async function past(door: TestDoor): Promise<{ id: string; verdict: string }[]> {
  return ((await (await door.get("/api/selftests")).json()) as { reports: { id: string; verdict: string }[] })
    .reports;
}

test("a command hears every step, and the house keeps the report", async () => {
  await using door = await openDoor();
  const { heard, over } = asking(door, some);
  await over;
  expect(heard.map(({ type }) => type)).toEqual([
    "selftest-begun",
    ...some.flatMap(() => ["check-begun", "check-done"]),
    "selftest-done",
  ]);
  const done = heard.at(-1);
  if (done?.type !== "selftest-done") throw new Error("no report");
  expect(done).toMatchObject({
    notKept: null,
    picture: null,
    report: { how: "a running house", verdict: "fail" },
  });
  expect(await past(door)).toMatchObject([{ id: done.report.id, verdict: "fail" }]);
  const kept = await readFile(join(door.paths.selftest, done.report.id, "report.json"), "utf8");
  expect(selftestReportSchema.parse(JSON.parse(kept))).toEqual(done.report);
});

test("an unknown check is told before anything runs", async () => {
  await using door = await openDoor();
  await expect(asking(door, ["no-such-check"]).over).rejects.toMatchObject({ kind: "invalid" });
  expect(
    (await putJson(door.owner, "/api/selftest", { attended: true, only: ["nope"] }, "POST")).status,
  ).toBe(400);
  expect((await stateOf(door)).checks).toEqual([]);
});

test("a page begins one, sees how far it is, and reads it in every form", async () => {
  await using door = await openDoor();
  expect(await stateOf(door)).toMatchObject({ running: false, last: null, done: [] });
  const begun = await putJson(door.owner, "/api/selftest", { attended: true, only: some }, "POST");
  expect(begun.status).toBe(202);
  await until(async () => (await stateOf(door)).last !== null);
  const { done, last, running } = await stateOf(door);
  expect([running, done.map(({ id }) => id)]).toEqual([false, some]);
  const report = selftestReportSchema.parse(await (await door.get(`/api/selftests/${last}`)).json());
  expect(report.checks).toEqual(done);
  const html = await door.get(`/api/selftests/${last}/html`);
  expect(html.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await html.text()).toContain("<h1");
  expect(await (await door.get(`/api/selftests/${last}/junit`)).text()).toContain("<testsuites");
  expect((await door.get(`/api/selftests/${last}/picture`)).status).toBe(404);
  expect((await door.owner.fetch(`/api/selftests/${last}`, { method: "DELETE" })).status).toBe(204);
  expect(await past(door)).toEqual([]);
  expect(await readdir(door.paths.selftest)).toEqual([]);
});

test("one at a time; it can be ended, and what is known is kept", async () => {
  await using door = await openDoor();
  const { heard, over } = asking(door, ["clock-sense", "clock-drift", "keys"]);
  await until(() => heard.some((line) => line.type === "check-begun" && line.id === "clock-drift"));
  const second = await putJson(door.owner, "/api/selftest", { attended: true }, "POST");
  expect(second.status).toBe(503);
  expect(await stateOf(door)).toMatchObject({ running: true, now: { id: "clock-drift" } });
  await door.owner.fetch("/api/selftest", { method: "DELETE" });
  await over;
  expect(heard.at(-1)).toMatchObject({ report: { cut: "cancelled", checks: [{ id: "clock-sense" }] } });
});

test("a command that leaves ends its run, and the next one can begin", async () => {
  await using door = await openDoor();
  const { heard, over, giveUp } = asking(door, ["clock-drift"]);
  await until(() => heard.some(({ type }) => type === "check-begun"));
  giveUp();
  await over;
  await until(async () => !(await stateOf(door)).running);
  await asking(door, ["settings-sound"]).over;
});

/** A house's lines, with a ring for every press; its eye is away. */
async function openLines(drivers: Partial<SensorDrivers> = {}) {
  const clock = systemClock;
  const button = simButton({ clock });
  const pir = simPir({ clock });
  const light = simLight();
  let rings = 0;
  const settings = testSettings("/nonexistent");
  const sensors = new Sensors({
    settings,
    clock,
    drivers: {
      button: { open: async () => button },
      pir: { open: async () => pir },
      chime: { open: async () => simChime({ clock }) },
      light: { open: async () => light },
      ...drivers,
    },
    onPress: () => (rings += 1),
    onPir: () => {},
    onChange: () => {},
  });
  await sensors.open();
  const examinations = new Examinations({ clock, isThere: () => false, send: () => {} });
  const outside = new OutsideCalls({ clock, isThere: () => false, send: () => {} });
  const parts = { settings, sensors, clock, examinations, outside, processes: () => [] };
  const door = houseDoor(parts);
  const { signal } = new AbortController();
  return {
    sensors,
    button,
    pir,
    light,
    parts,
    door,
    signal,
    rings: () => rings,
    [Symbol.asyncDispose]: () => sensors[Symbol.asyncDispose](),
  };
}

test("the house's door feels a press that rings, and shows a light that it puts back", async () => {
  await using lines = await openLines();
  const { door, signal, light, sensors } = lines;
  const felt = door.button(30_000, signal);
  await lines.button.press();
  expect(await felt).toMatchObject({ name: "sim button", presses: 1 });
  expect(lines.rings()).toBe(1);
  sensors.light("idle");
  expect(await door.light("recording")).toEqual({ name: "sim light" });
  sensors.light("live");
  expect(light.state).toBe("recording");
  await door.light(null);
  expect(light.state).toBe("live");
  expect(await door.chime(signal)).toMatchObject({ name: "sim chime", heardDb: null });
  await lines.pir.edge(true);
  expect(await door.pir(20, signal)).toMatchObject({ active: true, rises: 1 });
  await expect(door.camera(1_000, signal)).rejects.toThrow("the eye is not running");
});

test("what is off by settings is no fault, and what is lost is one", async () => {
  await using lines = await openLines({ pir: null, light: null });
  const { door, signal } = lines;
  expect(await door.pir(10, signal)).toBe(null);
  expect(await door.light("live")).toBe(null);
  await lines.button.lose();
  await expect(door.button(10, signal)).rejects.toMatchObject({ message: "simulated button was unplugged" });
});

test("the newest twenty are kept, with their pictures; what is broken is not listed and goes in its turn", async () => {
  await using folder = await tempFolder();
  const shelf = new SelftestShelf(folder.path, diskFiles(folder.path));
  const idOf = (number: number): string => `0mwxhga${String(number).padStart(2, "0")}-aaaaaaaaaa`;
  for (let i = 0; i < mostReports; i += 1)
    await shelf.keep({ ...sample, id: idOf(i) }, i === 0 ? new Uint8Array([1, 2]) : null);
  expect((await shelf.list()).map(({ id }) => id)).toEqual(
    Array.from({ length: mostReports }, (_, i) => idOf(mostReports - 1 - i)),
  );
  expect([...(await shelf.picture(idOf(0)))]).toEqual([1, 2]);
  await writeFile(join(folder.path, idOf(1), "report.json"), "{");
  expect(await shelf.list()).toHaveLength(mostReports - 1);
  await expect(shelf.get(idOf(1))).rejects.toMatchObject({ kind: "corrupt" });
  await shelf.keep({ ...sample, id: idOf(50) }, null);
  await shelf.keep({ ...sample, id: idOf(51) }, null);
  expect(await readdir(folder.path)).toHaveLength(mostReports);
  await expect(shelf.get(idOf(0))).rejects.toMatchObject({ kind: "not-found" });
  await expect(shelf.picture(idOf(0))).rejects.toMatchObject({ kind: "not-found" });
});

test("a report that is listed is durable, and the next self-test can begin", async () => {
  await using folder = await tempFolder();
  await using lines = await openLines();
  const disk = diskFiles(folder.path);
  const held = Promise.withResolvers<void>();
  let written = 0;
  const shelf = new SelftestShelf(folder.path, {
    ...disk,
    // there for whoever reads, as after the rename, and durable only when the slow card says so
    write: async (name, bytes) => {
      await disk.write(name, bytes);
      written += 1;
      await held.promise;
    },
  });
  const desk = new SelftestDesk({ ...lines.parts, machine: simulatedMachine(), shelf, checks: [] });
  const ask = { attended: false, only: null, outbound: false };
  const run = () => desk.run(ask, () => {}, lines.signal);
  const first = run();
  await until(() => written === 1);
  const listed = shelf.list().then(async (reports) => [reports.length, (await run()).fault]);
  for (let i = 0; i < 50; i += 1) await disk.list("."); // longer than a list that waits for nobody takes
  held.resolve();
  expect(await listed).toEqual([1, null]);
  expect((await first).fault).toBeNull();
});

test("an eye and a courier of another version fail the check of versions, until they are of the same", async () => {
  await using door = await openDoor();
  const versionsIn = async (): Promise<{ verdict: string; seen: string }> => {
    const { heard, over } = asking(door, ["versions"]);
    await over;
    const done = heard.at(-1);
    if (done?.type !== "selftest-done") throw new Error("no report");
    return done.report.checks[0] ?? { verdict: "", seen: "" };
  };
  const arrived = (process: number): Promise<void> =>
    until(() => (door.keeper.status().processes[process]?.rssBytes ?? 0) > 0);
  {
    await using eye = await connectTestEye(door.paths);
    eye.send({ type: "hello", process: "eye", pid: process.pid, version: 1, sill: "0.0.9" });
    await arrived(0);
    expect(await versionsIn()).toMatchObject({
      verdict: "fail",
      seen: `the keeper is of version ${version}, the eye of 0.0.9`,
    });
  }
  await until(() => door.keeper.status().processes[0]?.connected === false);
  await using _courier = openCourier({
    settings: testSettings(door.paths.root),
    socketPath: door.paths.courierSocket,
    clock: systemClock,
  });
  await arrived(2);
  expect((await versionsIn()).seen).toContain(`Sill ${version}, Node `);
});
