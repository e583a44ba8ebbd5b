/** When and as what a movement is told where a model looks: a keeper with a simulated clock and an eye that speaks. */
import { expect, test } from "vitest";
import type { AlertKind } from "../../../../daemon/alerts/kinds.ts";
import { everything } from "../../../../daemon/alerts/rules.ts";
import type { AlertsView } from "../../../../daemon/wire/api-alerts.ts";
import type { Status } from "../../../../daemon/wire/api-status.ts";
import type { Event } from "../../../../daemon/wire/api.ts";
import type { EventWhat } from "../../../../daemon/wire/what.ts";
import type { Label } from "../../../../models/labels.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { enrol, human, putJson, signIn } from "../../../../scripts/rigs/person.ts";
import { openDoor } from "../door.ts";
import { until as untilWithin } from "../page.ts";
import { connectTestCourier } from "../test-courier.ts";
import { connectTestEye } from "../test-eye.ts";

const until = (isSo: () => boolean | Promise<boolean>): Promise<void> => untilWithin(isSo, 30_000);
const settings = {
  mqtt: { url: "mqtt://127.0.0.1:1" },
  alerts: {
    ntfyUrl: "http://127.0.0.1:1/door",
    kinds: ["ring", "motion", "person", "vehicle", "animal", "crossed", "waiting", "parcel-left"],
    patienceMs: 1_500,
  },
  button: { cooldownMs: 0 },
};

const model = {
  model: "shipped",
  runs: 0,
  dropped: 0,
  failures: 0,
  msMedian: null,
  msP95: null,
  rssBytes: 0,
};

async function openHouse(kinds: readonly AlertKind[], state: "ready" | "off" = "ready") {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock(Date.parse("2026-01-15T12:00:00Z"));
  const door = stack.use(await openDoor({ clock, settings }));
  const eye = stack.use(await connectTestEye(door.paths));
  const courier = stack.use(await connectTestCourier(door.paths));
  const { owner } = door;
  await putJson(owner, "/api/alerts/house/rules", { ...everything("UTC"), kinds });
  const open = stack.move();
  const told: () => string[] = () =>
    courier.received.flatMap((message) =>
      message.type === "happened"
        ? (["mqtt", "ntfy"] as const)
            .filter((channel) => !message.done.includes(channel))
            .map((channel) => `${message.kind} to ${channel}`)
        : [],
    );
  const events = async (): Promise<Event[]> =>
    ((await (await owner.fetch("/api/events")).json()) as { events: Event[] }).events;
  let count = 0;
  /** Everything that the eye said before is known: it is answered in order. */
  const heard = async (now: "ready" | "off" | "loading" | "resting" = state): Promise<void> => {
    count += 1;
    eye.status({ what: { ...model, state: now }, rssBytes: count });
    await until(async () => {
      const status = (await (await owner.fetch("/api/status")).json()) as Status;
      return status.processes.some(({ rssBytes }) => rssBytes === count);
    });
  };
  await heard();
  return {
    clock,
    owner,
    door,
    told,
    heard,
    events,
    toPhone: () => told().filter((each) => each.endsWith("ntfy")),
    recent: async () => ((await (await owner.fetch("/api/alerts")).json()) as AlertsView).recent,
    async move(event: string): Promise<void> {
      eye.send({
        type: "event-opened",
        event,
        kind: "motion",
        startWallMs: clock.wallMs(),
        score: 0.5,
        zones: ["everywhere"],
      });
      await until(async () => (await events()).some(({ id }) => id === event));
    },
    async end(event: string): Promise<void> {
      eye.send({ type: "event-closed", event, endWallMs: clock.wallMs(), score: 0.5, zones: ["everywhere"] });
      await heard();
    },
    async say(event: string, what: readonly Label[], more: Partial<EventWhat> = {}): Promise<void> {
      eye.send({
        type: "event-what",
        event,
        what: what.map((label) => ({ label, score: 0.9 })),
        happenings: [],
        settled: false,
        ...more,
      });
      await heard();
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

type House = Awaited<ReturnType<typeof openHouse>>;

test("a correction is kept, is told to nobody, and is taken back", async () => {
  await using house = await openHouse(["person"]);
  const correct = async (event: string, body: unknown): Promise<Response> =>
    putJson(house.owner, `/api/events/${event}/what`, body, "POST");
  await house.move("motion-0001");
  await house.say("motion-0001", ["animal"]);
  expect(await (await correct("motion-0001", { label: "person" })).json()).toMatchObject({
    what: ["animal"],
    corrected: "person",
  });
  await house.say("motion-0001", ["person"], { settled: true });
  expect((await house.events())[0]).toMatchObject({ what: ["person"], corrected: "person" });
  expect(house.toPhone()).toEqual([]);
  expect(await (await correct("motion-0001", { label: null })).json()).toMatchObject({ corrected: null });
  const wrongs = [{ label: "ghost" }, {}, { label: "person", name: "Ada" }];
  for (const wrong of wrongs) expect((await correct("motion-0001", wrong)).status).toBe(400);
  expect((await correct("motion-9999", { label: "person" })).status).toBe(404);
  await house.door.button.press();
  await until(async () => (await house.events()).some(({ kind }) => kind === "ring"));
  const ring = (await house.events()).find(({ kind }) => kind === "ring");
  expect((await correct(ring?.id ?? "", { label: "other" })).status).toBe(400);
});

test("who goes on waiting in the next event is said to wait in it, and is told to nobody again", async () => {
  await using house = await openHouse(["waiting"]);
  const waits = { kind: "waiting", wallMs: house.clock.wallMs() } as const;
  await house.move("motion-0001");
  await house.say("motion-0001", ["person"], { happenings: [waits] });
  expect(house.toPhone()).toEqual(["waiting to ntfy"]);
  await house.end("motion-0001");
  await house.move("motion-0002");
  await house.say("motion-0002", ["person"], { happenings: [{ ...waits, known: true }], settled: true });
  const next = (await house.events()).find(({ id }) => id === "motion-0002");
  expect(next).toMatchObject({ state: "open", happenings: ["waiting"] });
  expect(house.toPhone()).toEqual(["waiting to ntfy"]);
  await house.say("motion-0002", ["person"], { happenings: [waits] });
  expect(house.toPhone()).toEqual(["waiting to ntfy", "waiting to ntfy"]);
});

test("what an event before had, but the house did not take for true, is told with the next one", async () => {
  await using house = await openHouse(["waiting"]);
  await putJson(house.owner, "/api/zones", { zones: [], thresholds: { person: 0.75 } });
  const waits = { kind: "waiting", wallMs: house.clock.wallMs() } as const;
  const sees = (event: string, score: number, known: boolean) =>
    house.say(event, [], {
      what: [{ label: "person", score }],
      happenings: [known ? { ...waits, known } : waits],
    });
  await house.move("motion-0001");
  await sees("motion-0001", 0.7, false);
  await house.end("motion-0001");
  expect(house.toPhone()).toEqual([]);
  await house.move("motion-0002");
  await sees("motion-0002", 0.9, true);
  await until(() => house.toPhone().length > 0);
  await sees("motion-0002", 0.9, true);
  expect(house.toPhone()).toEqual(["waiting to ntfy"]);
});

test("a zone where animals are ignored and persons only recorded: no phone, and the broker hears of persons", async () => {
  await using house = await openHouse(["person", "animal"]);
  const rules = { zones: [], what: { person: "record", animal: "ignore" } };
  expect((await putJson(house.owner, "/api/zones", rules)).status).toBe(200);
  await house.move("motion-0001");
  await house.say("motion-0001", ["person", "animal"], { settled: true });
  expect(house.told()).toEqual(["motion to mqtt", "person to mqtt"]);
  expect((await house.recent())[0]).toMatchObject({ house: { told: "never", why: "rule" } });
  const { entries } = (await (await house.owner.fetch("/api/history")).json()) as {
    entries: { what: string; detail: string }[];
  };
  expect(entries.find(({ what }) => what === "zones")?.detail).toBe(
    "person default -> record; animal default -> ignore",
  );
});

test("a car that rolls in is told by the rule for vehicles, whatever the one for persons says", async () => {
  const rolls = async (what: object): Promise<string[]> => {
    await using house = await openHouse(["crossed"]);
    expect((await putJson(house.owner, "/api/zones", { zones: [], what })).status).toBe(200);
    await house.move("motion-0001");
    await house.say("motion-0001", ["vehicle"], { happenings: [happened("crossed")], settled: true });
    return house.toPhone();
  };
  expect(await rolls({ vehicle: "ignore" })).toEqual([]);
  expect(await rolls({ person: "ignore" })).toEqual(["crossed to ntfy"]);
});

test("who came in is what somebody says it was, not what the model said", async () => {
  const rolls = async (what: object): Promise<string[]> => {
    await using house = await openHouse(["crossed"]);
    await putJson(house.owner, "/api/zones", { zones: [], what });
    await house.move("motion-0001");
    await house.say("motion-0001", ["vehicle"]);
    await putJson(house.owner, "/api/events/motion-0001/what", { label: "person" }, "POST");
    await house.say("motion-0001", ["vehicle"], { happenings: [happened("crossed")], settled: true });
    return house.toPhone();
  };
  expect(await rolls({ vehicle: "ignore" })).toEqual(["crossed to ntfy"]);
  expect(await rolls({ person: "ignore" })).toEqual([]);
});

test("a label that is less certain than the house asks for is none", async () => {
  await using house = await openHouse(["person", "motion"]);
  await putJson(house.owner, "/api/zones", { zones: [], thresholds: { person: 0.95 } });
  await house.move("motion-0001");
  await house.say("motion-0001", ["person"], { settled: true });
  await until(() => house.toPhone().length > 0);
  expect(house.toPhone()).toEqual(["motion to ntfy"]);
});

test("an installer draws zones, and decides nothing about what is told", async () => {
  await using house = await openHouse(["person"]);
  await enrol(house.owner, human(3, "installer"));
  const installer = await signIn(house.door.base, human(3, "installer"));
  await putJson(house.owner, "/api/zones", { zones: [], what: { vehicle: "ignore" } });
  const put = async (zones: unknown) => (await putJson(installer, "/api/zones", zones)).status;
  expect(await put({ zones: [] })).toBe(403);
  expect(await put({ zones: [], what: { vehicle: "ignore" }, thresholds: { person: 0.9 } })).toBe(403);
  expect(await put({ zones: [], what: { vehicle: "ignore" }, sensitivity: 40 })).toBe(200);
});

const happened = (kind: EventWhat["happenings"][number]["kind"]) => ({ kind, wallMs: 1 });

test("a movement waits for its name: the phone hears of a person once, the broker at once and by name", async () => {
  await using house = await openHouse(["ring", "motion", "person"]);
  await house.move("motion-0001");
  await house.heard();
  expect(house.told()).toEqual(["motion to mqtt"]);
  await house.say("motion-0001", ["person"]);
  await until(() => house.toPhone().length > 0);
  await house.clock.advance(10_000);
  await house.say("motion-0001", ["person", "animal"], { settled: true });
  expect(house.told()).toEqual(["motion to mqtt", "person to mqtt", "person to ntfy", "animal to mqtt"]);
});

test("what nobody can name in time is told as movement, and its name then only to who did not hear", async () => {
  await using house = await openHouse(["motion", "person"]);
  await house.move("motion-0001");
  await house.clock.advance(1_500);
  await until(() => house.toPhone().length > 0);
  expect(house.toPhone()).toEqual(["motion to ntfy"]);
  await house.say("motion-0001", ["person"]);
  expect(house.told()).toContain("person to mqtt");
  expect(house.toPhone()).toEqual(["motion to ntfy"]);
});

test("who wants persons alone hears of nothing until it is one", async () => {
  await using house = await openHouse(["person"]);
  await house.move("motion-0001");
  await house.clock.advance(5_000);
  await house.say("motion-0001", ["animal"]);
  expect(house.toPhone()).toEqual([]);
  expect((await house.recent())[0]).toMatchObject({ what: "animal", house: { told: "never", why: "kind" } });
  await house.say("motion-0001", ["person", "animal"]);
  await until(() => house.toPhone().length > 0);
  expect(house.toPhone()).toEqual(["person to ntfy"]);
  expect(await house.recent()).toMatchObject([{ id: "motion-0001", what: "person", house: { told: "now" } }]);
});

test("what is settled waits no longer, and nothing that matters is told to nobody who did not ask", async () => {
  await using house = await openHouse(["ring", "motion", "person"]);
  await house.move("motion-0001");
  await house.say("motion-0001", ["other"], { settled: true });
  await house.move("motion-0002");
  await house.say("motion-0002", [], { settled: true });
  await until(() => house.toPhone().length > 0);
  await house.clock.advance(5_000);
  await house.heard();
  expect(house.toPhone()).toEqual(["motion to ntfy"]);
  expect(await house.recent()).toMatchObject([
    { id: "motion-0002", what: "motion", house: { told: "now" } },
    { id: "motion-0001", what: "other", house: { told: "never", why: "kind" } },
  ]);
});

test("a ring waits for nothing, and without a model nothing waits", async () => {
  await using house = await openHouse(["ring", "motion"]);
  await house.door.button.press();
  await until(() => house.toPhone().length > 0);
  expect(house.toPhone()).toEqual(["ring to ntfy"]);
  await using blind = await openHouse(["ring", "motion"], "off");
  await blind.move("motion-0001");
  await until(() => blind.toPhone().length > 0);
  expect(blind.told()).toEqual(["motion to mqtt", "motion to ntfy"]);
});

test("who waits for persons is told that something moves while no model is there to say what", async () => {
  await using off = await openHouse(["ring", "person", "waiting"], "off");
  await off.move("motion-0001");
  await until(() => off.toPhone().length > 0);
  expect(off.toPhone()).toEqual(["motion to ntfy"]);
  await using crashed = await openHouse(["person"]);
  await crashed.move("motion-0001");
  await crashed.heard("resting");
  await crashed.clock.advance(1_500);
  await until(() => crashed.toPhone().length > 0);
  expect(crashed.toPhone()).toEqual(["motion to ntfy"]);
  await using rings = await openHouse(["ring", "waiting"], "off");
  await rings.move("motion-0001");
  await until(async () => (await rings.recent()).length > 0);
  expect(rings.toPhone()).toEqual([]);
});

test.each<[string, (house: House) => Promise<void>]>([
  ["had nothing to say of it", (house) => house.say("motion-0001", [], { settled: true })],
  ["hangs longer than anybody waits", (house) => house.clock.advance(1_600)],
])(
  "a model that %s and dies then: who waits for persons is told once that something moves",
  async (_, before) => {
    await using house = await openHouse(["ring", "person"]);
    await house.door.button.press();
    await until(() => house.toPhone().length > 0);
    await house.move("motion-0001");
    await before(house);
    await house.heard("ready");
    expect(house.toPhone()).toEqual(["ring to ntfy"]);
    for (const state of ["resting", "loading", "ready", "resting"] as const) await house.heard(state);
    await until(() => house.toPhone().length > 1);
    await house.say("motion-0001", ["person"], { settled: true });
    await house.clock.advance(10_000);
    await house.move("motion-0002");
    await house.say("motion-0002", ["person"], { settled: true });
    await until(() => house.toPhone().length > 2);
    expect(house.toPhone()).toEqual(["ring to ntfy", "motion to ntfy", "person to ntfy"]);
  },
);

test("a model that dies changes nothing about what it named, nor about what was over", async () => {
  await using house = await openHouse(["person"]);
  await house.move("motion-0001");
  await house.say("motion-0001", ["animal"], { settled: true });
  await house.move("motion-0002");
  await house.say("motion-0002", [], { settled: true });
  await house.end("motion-0002");
  await house.heard("resting");
  await house.move("motion-0003");
  await until(() => house.toPhone().length > 0);
  expect(await house.recent()).toMatchObject([
    { id: "motion-0003", house: { told: "now" } },
    { id: "motion-0002", house: { told: "never", why: "kind" } },
    { id: "motion-0001", house: { told: "never", why: "kind" } },
  ]);
});

test("a correction that is taken back, and a word long after the end, are news to nobody", async () => {
  await using house = await openHouse(["person"]);
  const correct = async (event: string, label: Label | null): Promise<void> => {
    const answer = await putJson(house.owner, `/api/events/${event}/what`, { label }, "POST");
    expect(answer.status).toBe(200);
  };
  await house.move("motion-0001");
  await house.say("motion-0001", ["animal"]);
  await correct("motion-0001", "animal");
  await house.say("motion-0001", ["person"], { settled: true });
  await correct("motion-0001", null);
  await house.move("motion-0002");
  await house.say("motion-0002", ["animal"], { settled: true });
  await house.end("motion-0002");
  await house.clock.advance(61_000);
  await house.say("motion-0002", ["person"], { settled: true });
  expect(house.toPhone()).toEqual([]);
});

test("what happens in an event is told when it comes, each once, and stands beside it in the list", async () => {
  await using house = await openHouse(["person", "parcel-left"]);
  await house.move("motion-0001");
  await house.say("motion-0001", ["person"], { happenings: [happened("crossed")] });
  await house.say("motion-0001", ["person"], { happenings: [happened("crossed"), happened("parcel-left")] });
  await house.say("motion-0001", ["person"], {
    happenings: [happened("crossed"), happened("parcel-left"), happened("waiting")],
    settled: true,
  });
  await until(() => house.toPhone().length === 2);
  expect(house.toPhone()).toEqual(["person to ntfy", "parcel-left to ntfy"]);
  expect(house.told().filter((each) => each.endsWith("mqtt"))).toEqual(
    ["motion", "person", "crossed", "parcel-left", "waiting"].map((kind) => `${kind} to mqtt`),
  );
  expect((await house.recent()).map(({ id, what }) => [id, what])).toEqual([
    ["motion-0001-waiting", "waiting"],
    ["motion-0001-parcel-left", "parcel-left"],
    ["motion-0001-crossed", "crossed"],
    ["motion-0001", "person"],
  ]);
});
