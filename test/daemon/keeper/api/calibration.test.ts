import { afterAll, beforeAll, expect, test } from "vitest";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import {
  calibrationProgressSchema,
  journalSpanSchema,
  previewSchema,
  proposalSchema,
  type Preview,
  type PreviewEvent,
} from "../../../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../../../daemon/wire/api-household.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { blob, filmOf, timing } from "../../calibration/film.ts";
import { remember } from "../calibration/past.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { drawLine } from "../draw-line.ts";
import { openPage, until } from "../page.ts";

const seconds = 600;
const startWallMs = Date.now() - 3_600_000;
const span = { fromWallMs: startWallMs, toWallMs: startWallMs + seconds * 1_000 };

/** Three walk from left to right: one is plain to see, one just, one hardly. */
const visits = [
  { at: 60, level: 80 },
  { at: 240, level: 60 },
  { at: 420, level: 40 },
];
const film = filmOf({
  seconds,
  startWallMs,
  levels: (second) => {
    const visit = visits.find(({ at }) => second >= at && second < at + 10);
    return visit === undefined ? null : blob(visit.level, [(second - visit.at) / 10, 0.6], [0.1, 0.3]);
  },
});

let door: TestDoor;
let ids: string[];
beforeAll(async () => {
  const recording = {
    postRollMs: timing.postRollUs / 1_000,
    cooldownMs: timing.cooldownUs / 1_000,
    maxClipMs: timing.maxClipUs / 1_000,
  };
  door = await openDoor({ settings: { recording, motion: { sensitivity: 50 }, button: { cooldownMs: 0 } } });
  await drawLine(door, {
    propertyLine: [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
    privacyZones: [],
  });
  ids = await remember(door, film);
}, 30_000);
afterAll(() => door[Symbol.asyncDispose]());

type Drawn = Partial<Zones>;

function ask(zones: Drawn, times: Partial<typeof span> = {}): Promise<Response> {
  return door.owner.fetch("/api/calibration/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ zones: { zones: [], ...zones }, ...span, ...times }),
  });
}

async function preview(zones: Drawn = {}): Promise<Preview> {
  const answer = await ask(zones);
  expect(answer.status).toBe(200);
  return previewSchema.parse(await answer.json());
}

const brief = ({ change, events, startWallMs: at }: PreviewEvent) => [
  change,
  events.map(({ id }) => id),
  Math.round((at - startWallMs) / 1_000),
];

test("under the settings of then, every event stays, and it is the one that was told", async () => {
  const { events, counts } = await preview();
  expect(counts).toEqual({ stays: 2, appears: 0, vanishes: 0 });
  expect(events.map(brief)).toEqual([
    ["stays", [ids[0]], 60],
    ["stays", [ids[1]], 240],
  ]);
  expect(events.map(({ leastSensitivity }) => leastSensitivity)).toEqual([21, 41]);
});

test("less sensitivity makes what is hardly seen vanish, more makes it appear", async () => {
  expect((await preview({ sensitivity: 30 })).events.map(brief)).toEqual([
    ["stays", [ids[0]], 60],
    ["vanishes", [ids[1]], 240],
  ]);
  expect((await preview({ sensitivity: 70 })).events.map(brief)).toEqual([
    ["stays", [ids[0]], 60],
    ["stays", [ids[1]], 240],
    ["appears", [], 420],
  ]);
});

test("a zone counts where it lies: one beside the path makes everything vanish", async () => {
  const corner: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 0.2],
    [0, 0.2],
  ];
  const { counts } = await preview({ zones: [{ name: "sky", polygon: corner, sensitivity: null }] });
  expect(counts).toEqual({ stays: 0, appears: 0, vanishes: 2 });
});

test("a mark shows in the preview, and in what the journal holds", async () => {
  expect((await putJson(door.owner, `/api/events/${ids[1]}/mark`, { mark: "false" })).status).toBe(200);
  expect((await preview()).events[1]?.events).toEqual([{ id: ids[1], mark: "false" }]);
  const held = journalSpanSchema.parse(await (await door.get("/api/calibration")).json());
  expect(held).toMatchObject({ marks: { good: 0, false: 1 }, gaps: [], sensitivity: 50 });
  expect(held.bytes).toBeGreaterThan(500);
  expect(Math.abs((held.span?.fromWallMs ?? 0) - startWallMs)).toBeLessThan(1_000);
});

test("a marked false alarm is proposed away, and a marked good event kept", async () => {
  for (const [id, mark] of [
    [ids[0], "good"],
    [ids[1], "false"],
  ] as const)
    expect((await putJson(door.owner, `/api/events/${id}/mark`, { mark })).status).toBe(200);
  const zones = { zones: [], sensitivity: null, rules: [] };
  const answer = await putJson(door.owner, "/api/calibration/propose", { zones, ...span }, "POST");
  expect(answer.status).toBe(200);
  const proposal = proposalSchema.parse(await answer.json());
  expect(proposal).toMatchObject({ removes: 1, leaves: 0, keeps: 1, loses: 0 });
  expect(proposal.words.length).toBeGreaterThan(0);
  const { events } = await preview(proposal.zones ?? {});
  expect(events.map(({ change }) => change)).toEqual(["stays", "vanishes"]);
});

test("a time that goes on beyond now ends now", async () => {
  const answer = await ask({}, { toWallMs: startWallMs + 86_400_000 });
  expect(answer.status).toBe(200);
  const { toWallMs, counts } = previewSchema.parse(await answer.json());
  expect(toWallMs).toBeLessThanOrEqual(Date.now());
  expect(counts.stays).toBe(2);
});

test("of a time of which nothing is kept the preview is empty, not wrong", async () => {
  const [from, to] = [startWallMs - 7_200_000, startWallMs - 3_600_000];
  const answer = await ask({}, { fromWallMs: from, toWallMs: to });
  expect(await answer.json()).toMatchObject({ events: [], counts: { stays: 0, appears: 0, vanishes: 0 } });
});

test.each<[string, Drawn, Partial<typeof span>, string]>([
  [
    "a time that ends before it begins",
    {},
    { toWallMs: startWallMs - 1 },
    "toWallMs is not after fromWallMs",
  ],
  ["a time to come", {}, { fromWallMs: 4e12, toWallMs: 5e12 }, "fromWallMs is still to come"],
  [
    "a rule for an unknown zone",
    { rules: [{ zone: "gate", light: null, from: null, to: null, sensitivity: 3 }] },
    {},
    'rule 1 is for a zone "gate", and the zones are everywhere',
  ],
])("%s is refused with the reason", async (_name, zones, times, message) => {
  const answer = await ask(zones, times);
  expect(answer.status).toBe(400);
  expect(errorSchema.parse(await answer.json()).error).toMatchObject({ kind: "invalid", message });
});

test("the newest question wins: the older ones hear that they were superseded, and none is lost", async () => {
  const asked = [10, 20, 30, 40].map((sensitivity) => ask({ sensitivity }));
  const answers = await Promise.all(asked);
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
  expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
  for (const answer of answers) {
    if (answer.status === 200) continue;
    const { error } = errorSchema.parse(await answer.json());
    expect(error).toMatchObject({ kind: "cancelled", message: "superseded by a newer question" });
  }
});

/** Its thread has not begun: the first question takes as long as that does. */
async function openOther() {
  const other = await openDoor({ settings: { button: { cooldownMs: 0 } } });
  await remember(other, film);
  const body = JSON.stringify({ zones: { zones: [] }, ...span });
  const headers = { "content-type": "application/json" };
  return {
    other,
    begin: async (signal?: AbortSignal): Promise<{ asked: Promise<Response> }> => {
      const init = { method: "POST", headers, body, ...(signal === undefined ? {} : { signal }) };
      const asked = other.owner.fetch("/api/calibration/preview", init);
      asked.catch(() => {}); // its test looks
      await until(async () => (await progressOf(other)).busy);
      return { asked };
    },
    [Symbol.asyncDispose]: () => other[Symbol.asyncDispose](),
  };
}

async function progressOf(who: TestDoor) {
  return calibrationProgressSchema.parse(await (await who.get("/api/calibration/progress")).json());
}

test("a question whose asker hangs up is taken back, and the next one is answered", async () => {
  await using opened = await openOther();
  const { other, begin } = opened;
  const gone = new AbortController();
  const { asked } = await begin(gone.signal);
  gone.abort();
  await expect(asked).rejects.toThrow("aborted");
  const dropped = () => other.keeper.status().stages.find(({ name }) => name === "calibration")?.dropped;
  await until(() => dropped() === 1);
  await until(async () => !(await progressOf(other)).busy);
  expect((await (await begin()).asked).status).toBe(200);
  expect(await progressOf(other)).toEqual({ busy: false, doneFrac: 0 });
});

test("a press does not wait for a question", async () => {
  await using opened = await openOther();
  const { other, begin } = opened;
  await using page = await openPage(other.owner);
  let answered = false;
  const { asked } = await begin();
  asked.then(() => (answered = true)).catch(() => {});
  await other.button.press();
  await page.next((notice) => notice.type === "event" && notice.event.kind === "ring");
  expect(answered).toBe(false);
  expect((await asked).status).toBe(200);
});
