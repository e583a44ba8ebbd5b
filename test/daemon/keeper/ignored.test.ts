/** Ignored events in a keeper: what makes one, what lifts it, and asking for them. An eye that speaks, over the real socket. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Status } from "../../../daemon/wire/api-status.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import type { Actions } from "../../../daemon/alerts/zone-actions.ts";
import type { EventWhat } from "../../../daemon/wire/what.ts";
import type { Label } from "../../../models/labels.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { postOrder } from "../../../scripts/rigs/grant.ts";
import { getJson, putJson } from "../../../scripts/rigs/person.ts";
import { cardOf, clipId, composeFor, grantTo, openGrantedDoor, toLink } from "./granted-door.ts";
import { openDoor } from "./door.ts";
import { until as untilWithin } from "./page.ts";
import { tempFolder } from "./temp-folder.ts";
import { connectTestEye } from "./test-eye.ts";

const until = (isSo: () => boolean | Promise<boolean>): Promise<void> => untilWithin(isSo, 30_000);
const noAnimals = { zones: [], what: { animal: "ignore" } };

async function openHouse(data?: string) {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock(Date.parse("2026-01-15T12:00:00Z"));
  const door = stack.use(await openDoor(data === undefined ? { clock } : { clock, data }));
  const eye = stack.use(await connectTestEye(door.paths));
  const { owner } = door;
  await putJson(owner, "/api/zones", noAnimals);
  const open = stack.move();
  let said = 0;
  /** Everything that the eye said before is known: it is answered in order. */
  const heard = async (): Promise<void> => {
    said += 1;
    eye.status({ rssBytes: said });
    await until(async () => {
      const { processes } = await getJson<Status>(owner, "/api/status");
      return processes.some(({ rssBytes }) => rssBytes === said);
    });
  };
  /** A whole event, in one go. */
  const tell = (id: string, labels: readonly Label[], startWallMs = clock.wallMs()): void => {
    const what = labels.map((label) => ({ label, score: 0.9 }));
    const seen = { score: 0.5, zones: ["path"] };
    eye.send({ type: "event-opened", event: id, kind: "motion", startWallMs, ...seen });
    eye.send({ type: "event-what", event: id, what, happenings: [], settled: true });
    eye.send({ type: "event-closed", event: id, endWallMs: startWallMs, ...seen });
  };
  const event = (id: string): Promise<Event> => getJson<Event>(owner, `/api/events/${id}`);
  return {
    clock,
    owner,
    door,
    event,
    heard,
    tell,
    isIgnored: async (id: string) => (await event(id)).ignored,
    async begin(id: string): Promise<void> {
      const startWallMs = clock.wallMs();
      eye.send({ type: "event-opened", event: id, kind: "motion", startWallMs, score: 0.5, zones: ["path"] });
      await heard();
    },
    async end(id: string): Promise<void> {
      eye.send({ type: "event-closed", event: id, endWallMs: clock.wallMs(), score: 0.5, zones: ["path"] });
      await heard();
    },
    async say(id: string, what: readonly Label[], more: Partial<EventWhat> = {}): Promise<void> {
      const seen = what.map((label) => ({ label, score: 0.9 }));
      eye.send({ type: "event-what", event: id, what: seen, happenings: [], settled: true, ...more });
      await heard();
    },
    keep: (ids: readonly string[], keep: boolean) =>
      putJson(owner, "/api/events/keep", { ids, keep }, "POST"),
    list: async (query = "") =>
      (await getJson<{ events: Event[] }>(owner, `/api/events${query}`)).events.map(({ id }) => id),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("an animal is ignored once it is over, and a label that comes late lifts that", async () => {
  await using house = await openHouse();
  await house.begin("motion-0001");
  await house.say("motion-0001", ["animal"]);
  expect(await house.isIgnored("motion-0001")).toBe(false);
  await house.end("motion-0001");
  expect(await house.isIgnored("motion-0001")).toBe(true);
  await house.say("motion-0001", ["person", "animal"]);
  expect(await house.isIgnored("motion-0001")).toBe(false);
});

test("a name that comes after the end makes it ignored too", async () => {
  await using house = await openHouse();
  await house.begin("motion-0001");
  await house.end("motion-0001");
  expect(await house.isIgnored("motion-0001")).toBe(false);
  await house.say("motion-0001", ["animal"]);
  expect(await house.isIgnored("motion-0001")).toBe(true);
});

test("a mark, another word and a person who keeps it lift it, each as long as it stands", async () => {
  await using house = await openHouse();
  await house.begin("motion-0001");
  await house.say("motion-0001", ["animal"]);
  await house.end("motion-0001");
  const said = async (path: string, body: unknown, method: "PUT" | "POST") => {
    expect((await putJson(house.owner, `/api/events/motion-0001/${path}`, body, method)).status).toBe(200);
    return house.isIgnored("motion-0001");
  };
  expect(await said("mark", { mark: "false" }, "PUT")).toBe(false);
  expect(await said("mark", { mark: null }, "PUT")).toBe(true);
  expect(await said("what", { label: "animal" }, "POST")).toBe(false);
  expect(await said("what", { label: null }, "POST")).toBe(true);
  expect(await (await house.keep(["motion-0001", "nobody-0001"], true)).json()).toEqual({ events: 1 });
  expect(await house.event("motion-0001")).toMatchObject({ ignored: false, spared: "person" });
  await house.keep(["motion-0001"], false);
  expect(await house.event("motion-0001")).toMatchObject({ ignored: true, spared: null });
  for (const wrong of [{ ids: [], keep: true }, { ids: ["motion-0001"] }, { ids: ["../.."], keep: true }])
    expect((await putJson(house.owner, "/api/events/keep", wrong, "POST")).status).toBe(400);
});

test("what somebody rang in is not ignored, whichever began first; nobody can take that back", async () => {
  await using house = await openHouse();
  await house.begin("motion-0001");
  await house.door.button.press();
  await until(async () => (await house.list("?kind=ring")).length === 1);
  await house.begin("motion-0002");
  for (const id of ["motion-0001", "motion-0002"]) {
    await house.say(id, ["animal"]);
    await house.end(id);
  }
  await house.keep(["motion-0001", "motion-0002"], false);
  expect(await house.event("motion-0001")).toMatchObject({ ignored: false, spared: "ring" });
  expect(await house.event("motion-0002")).toMatchObject({ ignored: false, spared: "ring" });
});

test("a rule that is taken back brings back what it hid, and only that; a new one hides nothing that is over", async () => {
  await using house = await openHouse();
  for (const [id, label] of [
    ["motion-0001", "animal"],
    ["motion-0002", "vehicle"],
    ["motion-0003", "other"],
  ] as const) {
    await house.begin(id);
    await house.say(id, [label]);
    await house.end(id);
  }
  const ruled = async (what: Actions): Promise<string[]> => {
    expect((await putJson(house.owner, "/api/zones", { zones: [], what })).status).toBe(200);
    return house.list("?ignored=true");
  };
  expect(await house.list("?ignored=true")).toEqual(["motion-0001"]);
  expect(await ruled({ animal: "ignore", vehicle: "ignore" })).toEqual(["motion-0001"]);
  expect(await ruled({ vehicle: "ignore" })).toEqual([]);
  expect(await ruled({ animal: "ignore" })).toEqual([]);
});

test("more events than a page brings are brought back", async () => {
  await using house = await openHouse();
  const ids = Array.from({ length: 120 }, (_, at) => `motion-${1_000 + at}`);
  for (const id of ids) {
    house.tell(id, ["animal"]);
    await house.clock.advance(1_000);
  }
  await house.heard();
  expect(await house.list("?ignored=true&limit=200")).toHaveLength(ids.length);
  await putJson(house.owner, "/api/zones", { zones: [] });
  expect(await house.list("?ignored=true&limit=200")).toEqual([]);
});

test("what is older than ignored events are kept becomes none: a mark taken back deletes nothing", async () => {
  await using house = await openHouse();
  await putJson(house.owner, "/api/zones", { zones: [] });
  for (const [id, hoursAgo] of [
    ["motion-0001", 25],
    ["motion-0002", 23],
  ] as const)
    house.tell(id, ["animal"], house.clock.wallMs() - hoursAgo * 3_600_000);
  await house.heard();
  await putJson(house.owner, "/api/zones", noAnimals);
  expect(await house.list("?ignored=true")).toEqual([]);
  for (const id of ["motion-0001", "motion-0002"])
    for (const mark of ["false", null])
      expect((await putJson(house.owner, `/api/events/${id}/mark`, { mark }, "PUT")).status).toBe(200);
  expect(await house.list("?ignored=true")).toEqual(["motion-0002"]);
});

test.each<[string, boolean, string[]]>([
  ["goes after a day", true, []],
  ["stays while nobody can read what was granted", false, ["motion-0001"]],
])("what is ignored %s", async (_name, isReadable, expected) => {
  await using folder = await tempFolder();
  const data = join(folder.path, "data");
  const grant = join(data, "consent", "grants", "grant-000001");
  await mkdir(grant, { recursive: true });
  if (!isReadable) await writeFile(join(grant, "state.json"), "{");
  await using house = await openHouse(data);
  const hoursAgo = (hours: number): number => house.clock.wallMs() - hours * 3_600_000 + 60_000;
  house.tell("motion-0001", ["animal"], hoursAgo(24));
  house.tell("motion-0002", ["person"], hoursAgo(72));
  await house.heard();
  // the other one goes for its age: then a sweep has looked at both
  await until(async () => {
    await house.clock.advance(60_000);
    return !(await house.list()).includes("motion-0002");
  });
  expect(await house.list()).toEqual(expected);
});

test("a list of the ignored, or of the others, is whole; without a word it is of both", async () => {
  await using house = await openHouse();
  for (const [id, label] of [
    ["motion-0001", "animal"],
    ["motion-0002", "person"],
    ["motion-0003", "animal"],
  ] as const) {
    await house.begin(id);
    await house.say(id, [label]);
    await house.end(id);
    await house.clock.advance(60_000);
  }
  expect(await house.list()).toEqual(["motion-0003", "motion-0002", "motion-0001"]);
  expect(await house.list("?ignored=true")).toEqual(["motion-0003", "motion-0001"]);
  expect(await house.list("?ignored=false&kind=motion")).toEqual(["motion-0002"]);
  expect((await house.owner.fetch("/api/events?ignored=maybe")).status).toBe(400);
  const { sorts } = await getJson<{ sorts: { ignored: boolean }[] }>(
    house.owner,
    `/api/timeline?from=0&to=${house.clock.wallMs()}`,
  );
  expect(new Set(sorts.map(({ ignored }) => ignored))).toEqual(new Set([true, false]));
});

test("what an owner shares a part of is kept like everything else", async () => {
  await using house = await openGrantedDoor();
  const { owner } = house.door;
  const [shown] = (await getJson<{ events: Event[] }>(owner, "/api/events")).events;
  expect(shown).toMatchObject({ clip: clipId, spared: null });
  await grantTo(house, toLink);
  const now = (): Promise<Event> => getJson<Event>(owner, `/api/events/${shown?.id}`);
  expect(await now()).toMatchObject({ spared: "shared" });
  // nobody's tap takes back what an owner signed
  await putJson(owner, "/api/events/keep", { ids: [shown?.id], keep: false }, "POST");
  expect(await now()).toMatchObject({ spared: "shared" });
});

test("what an owner signed is kept and said to be, though the index cannot tell which events it shows", async () => {
  await using house = await openGrantedDoor();
  const { order } = await composeFor(house, toLink);
  {
    using index = new DatabaseSync(house.door.paths.database);
    index.exec("DROP TABLE clip_events");
  }
  await postOrder(house.door.owner, order);
  expect(await cardOf(house)).toMatchObject({ id: "grant-000001" });
});
