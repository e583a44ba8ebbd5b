import { afterAll, beforeAll, expect, test } from "vitest";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import { walkListSchema, walkSchema, type Walk } from "../../../../daemon/wire/api-calibration.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { blob, filmOf } from "../../calibration/film.ts";
import { writeJournal } from "../calibration/past.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

const startWallMs = Date.now() - 1_800_000;

/** Somebody goes from left to right, 5 s after the beginning and for 10 s. */
const film = (from: number) =>
  filmOf({
    seconds: 30,
    startWallMs: from,
    levels: (second) => (second >= 5 && second < 15 ? blob(70, [(second - 5) / 10, 0.6], [0.1, 0.3]) : null),
  });

let door: TestDoor;
beforeAll(async () => {
  door = await openDoor({ settings: { motion: { sensitivity: 50 } } });
  await writeJournal(door.paths.motion, film(startWallMs));
});
afterAll(() => door[Symbol.asyncDispose]());

const walked = {
  name: "from the gate",
  fromWallMs: startWallMs,
  toWallMs: startWallMs + 30_000,
  notes: [{ wallMs: startWallMs + 6_000, text: "gate" }],
};

function take(change: Partial<typeof walked> = {}): Promise<Response> {
  return putJson(door.owner, "/api/walks", { ...walked, ...change }, "POST");
}

async function faultOf(answer: Response) {
  return errorSchema.parse(await answer.json()).error;
}

async function taken(): Promise<Walk> {
  const answer = await take();
  expect(answer.status).toBe(201);
  return walkSchema.parse(await answer.json());
}

test("a walk is judged, kept, listed, handed over as a page, and goes when it is deleted", async () => {
  const walk = await taken();
  expect(walk).toMatchObject({
    name: "from the gate",
    by: door.owner.person.name,
    seen: true,
    light: "bright",
  });
  expect(walk.notes).toEqual(walked.notes);
  expect(Math.abs((walk.firstSeenWallMs ?? 0) - startWallMs - 5_000)).toBeLessThan(500);
  expect(walk.path.length).toBeGreaterThan(50);
  const { walks } = walkListSchema.parse(await (await door.get("/api/walks")).json());
  expect(walks.find(({ id }) => id === walk.id)).toMatchObject({ seen: true, delayMs: walk.delayMs });
  expect(await (await door.get(`/api/walks/${walk.id}`)).json()).toEqual(walk);
  const report = await door.get(`/api/walks/${walk.id}/report`);
  expect(report.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(report.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(report.headers.get("content-disposition")).toBe(`attachment; filename="sill-walk-${walk.id}.html"`);
  expect(await report.text()).toContain("from the gate");
  expect((await door.owner.fetch(`/api/walks/${walk.id}`, { method: "DELETE" })).status).toBe(204);
  for (const path of ["", "/report"])
    expect((await door.get(`/api/walks/${walk.id}${path}`)).status).toBe(404);
});

test("a walk is judged by the zones in force; one that nobody would have seen says so", async () => {
  const zones = { zones: [], sensitivity: 20, rules: [] };
  expect((await putJson(door.owner, "/api/zones", zones)).status).toBe(200);
  const walk = await taken();
  expect(walk).toMatchObject({ seen: false, firstSeenWallMs: null, delayMs: null, zones });
  expect(walk.firstStirWallMs).not.toBeNull();
  expect((await putJson(door.owner, "/api/zones", { ...zones, sensitivity: null })).status).toBe(200);
});

test("a walk of which little is in the journal is refused, not judged", async () => {
  const later = { fromWallMs: startWallMs + 20_000, toWallMs: startWallMs + 80_000 };
  const answer = await take(later);
  expect(answer.status).toBe(503);
  expect(await faultOf(answer)).toMatchObject({
    kind: "unavailable",
    message: "only 17 % of the walk is in the motion journal",
  });
});

test.each<[string, Partial<typeof walked>, string]>([
  ["longer than its path", { toWallMs: startWallMs + 601_000 }, "a walk takes at most 10 minutes"],
  ["that ends before it begins", { toWallMs: startWallMs - 1 }, "toWallMs is not after fromWallMs"],
  ["without a name", { name: "  " }, "name: "],
])("a walk %s is refused", async (_what, change, message) => {
  const answer = await take(change);
  expect(answer.status).toBe(400);
  expect((await faultOf(answer)).message).toContain(message);
});

test("what the eye still holds of a walk is written before it is judged", async () => {
  const from = startWallMs + 120_000;
  await using eye = await connectTestEye(door.paths);
  const asked = take({ fromWallMs: from, toWallMs: from + 30_000 });
  await until(() => eye.received.some(({ type }) => type === "journal-flush"));
  await writeJournal(door.paths.motion, film(from), "two");
  const flush = eye.received.find((message) => message.type === "journal-flush");
  eye.send({ type: "journal-flushed", number: flush?.number ?? 0 });
  const walk = walkSchema.parse(await (await asked).json());
  expect(walk.seen).toBe(true);
});

test("an eye that goes away holds no walk up", async () => {
  const eye = await connectTestEye(door.paths);
  const asked = take();
  await until(() => eye.received.some(({ type }) => type === "journal-flush"));
  await eye[Symbol.asyncDispose]();
  expect((await asked).status).toBe(201);
});
