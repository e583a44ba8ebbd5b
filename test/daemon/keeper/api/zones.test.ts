import { expect, test } from "vitest";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import type { HistoryEntry, Zones } from "../../../../daemon/wire/api-household.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { drawLine } from "../draw-line.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

type Corners = Zones["zones"][number]["polygon"];

const rect = (x0: number, x1: number): Corners => [
  [x0, 0.1],
  [x1, 0.1],
  [x1, 0.9],
  [x0, 0.9],
];

/** The left half is the property; a stripe of it is a privacy zone. */
async function openDoorWithLine(settings: Record<string, Record<string, unknown>> = {}): Promise<TestDoor> {
  const door = await openDoor({ settings });
  await drawLine(door, { propertyLine: rect(0, 0.5), privacyZones: [rect(0.3, 0.45)] });
  return door;
}

async function faultOf(answer: Response) {
  expect(answer.status).toBe(400);
  return errorSchema.parse(await answer.json()).error;
}

const zone = (name: string, polygon: Corners, sensitivity: number | null = null) => ({
  name,
  polygon,
  sensitivity,
});

async function newestEntry(door: TestDoor): Promise<HistoryEntry | undefined> {
  return ((await (await door.get("/api/history")).json()) as { entries: HistoryEntry[] }).entries[0];
}

test("motion zones are those of the settings until they are drawn, and the eye is told", async () => {
  const polygon = rect(0, 0.2);
  const rules = [{ light: "dark", sensitivity: 60 }];
  await using door = await openDoorWithLine({ motion: { zones: [{ name: "path", polygon }], rules } });
  await using eye = await connectTestEye(door.paths);
  const zones = async () => (await (await door.get("/api/zones")).json()) as unknown;
  expect(await zones()).toEqual({
    zones: [zone("path", polygon)],
    sensitivity: null,
    rules: [{ zone: null, light: "dark", from: null, to: null, sensitivity: 60 }],
  });
  const rule = { zone: "steps", light: null, from: "22:00", to: "06:00", sensitivity: 30 };
  const drawn = { zones: [zone("steps", polygon, 70)], sensitivity: 40, rules: [rule] };
  expect((await putJson(door.owner, "/api/zones", drawn)).status).toBe(200);
  expect(await zones()).toEqual(drawn);
  await until(() => eye.received.some(({ type }) => type === "zones-changed"));
  expect(await newestEntry(door)).toMatchObject({
    what: "zones",
    detail:
      "sensitivity default -> 40; steps added with sensitivity 70; path removed; " +
      "rule added: 30 in steps from 22:00 to 06:00; rule removed: 60 when dark",
  });
});

test("zones of a page that says nothing of sensitivities and rules have none of their own", async () => {
  await using door = await openDoorWithLine();
  const answer = await putJson(door.owner, "/api/zones", { zones: [zone("path", rect(0, 0.2))] });
  expect(await answer.json()).toMatchObject({ sensitivity: null, rules: [] });
});

const bowTie: Corners = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 1],
];

test.each([
  ["edges that cross", { zones: [zone("a", bowTie)] }, "zone 1 (a) is no area"],
  [
    "the same name twice",
    { zones: [zone("a", rect(0, 0.2)), zone("a", rect(0, 0.2))] },
    "zone 2 (a) has the name of another one",
  ],
  [
    "a place outside the property line",
    { zones: [zone("path", rect(0, 0.2)), zone("street", rect(0.55, 0.9))] },
    "zone 2 (street) lies outside the property line: nothing can be seen there",
  ],
  [
    "a place under a privacy zone",
    { zones: [zone("window", rect(0.31, 0.44))] },
    "zone 1 (window) lies outside the property line: nothing can be seen there",
  ],
  [
    "a rule for an unknown zone",
    { zones: [], rules: [{ zone: "gate", light: null, from: null, to: null, sensitivity: 3 }] },
    'rule 1 is for a zone "gate", and the zones are everywhere',
  ],
])("zones with %s are refused, with the reason, and nothing changes", async (_name, zones, reason) => {
  await using door = await openDoorWithLine();
  const fault = await faultOf(await putJson(door.owner, "/api/zones", zones));
  expect(fault).toMatchObject({ kind: "invalid", message: expect.stringContaining(reason) });
  expect(await (await door.get("/api/zones")).json()).toEqual({ zones: [], sensitivity: null, rules: [] });
});

test("a rule may name the one zone that there is while none is drawn, as it may in the settings", async () => {
  await using door = await openDoorWithLine();
  const rule = { zone: "everywhere", light: "dark", from: null, to: null, sensitivity: 60 };
  expect((await putJson(door.owner, "/api/zones", { zones: [], rules: [rule] })).status).toBe(200);
});

test("a zone that is partly outside the line is kept as it was drawn", async () => {
  await using door = await openDoorWithLine();
  const zones = { zones: [zone("path", rect(0.2, 0.9))] };
  expect(await (await putJson(door.owner, "/api/zones", zones)).json()).toMatchObject(zones);
});

test("before there is a line a zone is refused and says so; sensitivities may be set", async () => {
  await using door = await openDoor();
  const fault = await faultOf(await putJson(door.owner, "/api/zones", { zones: [zone("a", rect(0, 0.2))] }));
  expect(fault).toMatchObject({
    message: "zone 1 (a) shows nothing: there is no property line yet",
    hint: "an owner draws the property line first",
  });
  expect((await putJson(door.owner, "/api/zones", { zones: [], sensitivity: 20 })).status).toBe(200);
});

test("motion zones that are drawn by many at once are those of one of them, whole", async () => {
  await using door = await openDoorWithLine();
  const drawn = (name: string) => ({
    zones: Array.from({ length: 16 }, (_, i) => zone(`${name} ${i}`, rect(0, 0.5))),
  });
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) => putJson(door.owner, "/api/zones", drawn(`by ${i}`))),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const kept = (await (await door.get("/api/zones")).json()) as Zones;
  expect(new Set(kept.zones.map(({ name }) => name.split(" ")[1])).size).toBe(1);
});
