/** A picture leaves with an alert only after its words, after the ledger, and while an owner's signature lets it. */
import { expect, test } from "vitest";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import type { Happened } from "../../../../daemon/keeper/history.ts";
import { AlertPictures } from "../../../../daemon/keeper/told/alert-pictures.ts";
import type { Policy } from "../../../../daemon/policy/policy.ts";
import type { ToldKind } from "../../../../daemon/alerts/kinds.ts";
import type { PictureSend } from "../../../../daemon/wire/alert-picture.ts";
import { alertIdOf } from "../../../../daemon/wire/told.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { policyOf } from "../../../../scripts/rigs/paired.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestCourier, type TestCourier } from "../test-courier.ts";
import { connectTestEye, type TestEye } from "../test-eye.ts";

const jpeg = Buffer.from("not a JPEG, and nobody here minds").toString("base64");
const webhook = { webhookUrl: "https://hooks.example/door", kinds: ["ring"] };

interface Entry {
  readonly what: string;
  readonly who: string | null;
  readonly detail: string;
  readonly about?: { readonly event?: string };
}

async function openHouse(publish: Policy["publish"]) {
  const door = await openDoor({ settings: { alerts: webhook } });
  const envelope = signEnvelope(door.owner.keys, payloadTypes.policy, policyOf(door.device, { publish }));
  expect((await putJson(door.owner, "/api/policy", { envelope })).status).toBe(200);
  const eye = await connectTestEye(door.paths);
  const courier = await connectTestCourier(door.paths);
  await until(() => courier.received.some(({ type }) => type === "facts"));
  return {
    door,
    eye,
    courier,
    async [Symbol.asyncDispose]() {
      await courier[Symbol.asyncDispose]();
      await eye[Symbol.asyncDispose]();
      await door[Symbol.asyncDispose]();
    },
  };
}

const wantedOf = ({ received }: TestEye) => received.find((each) => each.type === "picture-wanted");
const sentOf = ({ received }: TestCourier) => received.filter((each) => each.type === "picture-send");
const ringOf = ({ received }: TestCourier) => received.find((each) => each.type === "happened");
const told = async ({ owner }: TestDoor): Promise<Entry[]> => {
  const { entries } = (await (await owner.fetch("/api/history")).json()) as { entries: Entry[] };
  return entries.filter(({ what }) => what.startsWith("alert-picture"));
};

test("a ring's picture follows its words, and the ledger has channel, host, event, size and hash before it leaves", async () => {
  await using house = await openHouse({ webhook: true });
  const { door, eye, courier } = house;
  await door.button.press();
  await until(() => wantedOf(eye) !== undefined);
  const { event = "", channels } = wantedOf(eye) ?? {};
  expect([channels, event]).toEqual([["webhook"], ringOf(courier)?.event]);
  eye.send({ type: "picture-made", event, channels: ["webhook"], jpeg });
  courier.send({ type: "happened-done", alert: event, channel: "webhook", taken: true });
  await until(() => sentOf(courier).length === 1);
  // durable by then
  expect(await told(door)).toMatchObject([{ what: "alert-picture", who: null, about: { event } }]);
  const [sent] = sentOf(courier);
  expect(sent).toMatchObject({ event, channel: "webhook", kind: "ring", jpeg });
  courier.send({ type: "picture-done", event, channel: "webhook" });
  await until(async () => (await told(door)).length === 2);
  const [after, before] = await told(door);
  expect([after?.what, before?.detail]).toEqual([
    "alert-picture-sent",
    `to webhook at hooks.example, with a ring: 33 bytes, SHA-256 ${sent?.sha256}`,
  ]);
});

test("where no owner signed for that channel nobody asks for a picture", async () => {
  await using house = await openHouse({ ntfy: true });
  const { door, eye, courier } = house;
  await door.button.press();
  await until(() => ringOf(courier) !== undefined);
  await until(() => eye.received.some(({ type }) => type === "record"));
  expect([wantedOf(eye), await told(door)]).toEqual([undefined, []]);
});

const event = { id: "ring-0001", kind: "ring", startWallMs: 0 } as const;
const ring = { kind: "ring", zones: [] } as const;

function openPictures() {
  const clock = new SimClock();
  const [sent, entries]: [PictureSend[], string[]] = [[], []];
  const world = {
    publish: { ntfy: true, webhook: true },
    closed: false,
    sight: "1 0",
    courier: true,
    ledger: true,
    asked: 0,
  };
  const note = ({ what, detail }: Happened): void =>
    void entries.push(`${what}: ${detail.replace(/,.*SHA-256 \w+/u, "")}`);
  const pictures = new AlertPictures({
    clock,
    hosts: { ntfy: "ntfy.example", webhook: "hooks.example" },
    policy: () => ({ publish: world.publish }),
    closed: () => world.closed,
    sight: () => world.sight,
    askEye: () => (world.asked += 1),
    isCourierThere: () => world.courier,
    send: (picture) => sent.push(picture),
    append: async (happened) => {
      if (!world.ledger) throw new Fault("exhausted", "the ledger cannot be written");
      note(happened);
    },
    note,
  });
  const made = (): void =>
    pictures.answer({ type: "picture-made", event: event.id, channels: ["ntfy", "webhook"], jpeg });
  const words = (channel: "ntfy" | "webhook", taken = true, kind: ToldKind = "ring"): void =>
    pictures.told(event.id, { alert: alertIdOf({ event: event.id, kind }), channel, taken });
  const settled = () => clock.advance(0);
  return { pictures, clock, world, sent, entries, made, words, settled };
}

test("each channel gets it when its own words are there, whichever comes first", async () => {
  const { pictures, made, words, sent, settled } = openPictures();
  pictures.event(event, ring);
  words("ntfy");
  await settled();
  expect(sent).toEqual([]);
  made();
  await settled();
  expect(sent.map(({ channel }) => channel)).toEqual(["ntfy"]);
  words("webhook");
  await settled();
  expect(sent.map(({ channel }) => channel)).toEqual(["ntfy", "webhook"]);
});

test("a ring before the courier is there, or while it starts anew, has its picture too", async () => {
  const { pictures, world, made, words, sent, settled } = openPictures();
  world.courier = false;
  pictures.event(event, ring);
  made();
  world.courier = true;
  words("ntfy");
  await settled();
  expect(sent.map(({ channel }) => channel)).toEqual(["ntfy"]);
});

test.each([
  ["its words were given up", ({ words, made }) => (made(), words("ntfy", false), words("webhook", false))],
  [
    "the ledger cannot be written",
    ({ world, made, words }) => ((world.ledger = false), made(), words("ntfy")),
  ],
  [
    "the owner took the permission back",
    ({ world, made, words }) => ((world.publish = { ntfy: false, webhook: false }), made(), words("ntfy")),
  ],
  [
    "somebody closed the camera's sight",
    ({ world, made, words }) => (made(), (world.closed = true), words("ntfy")),
  ],
  [
    "another policy was signed while it waited, or the sight was closed and opened again",
    ({ world, made, words }) => (made(), (world.sight = "2 0"), words("ntfy")),
  ],
  ["the courier is away", ({ world, made, words }) => (made(), (world.courier = false), words("ntfy"))],
  [
    "the eye refused",
    ({ pictures, words }) => (
      pictures.answer({ type: "picture-refused", event: event.id, fault: { kind: "denied", message: "no" } }),
      words("ntfy")
    ),
  ],
  [
    "the words came too late",
    async ({ clock, made, words }) => (made(), await clock.advance(20_000), words("ntfy")),
  ],
] as [string, (rig: ReturnType<typeof openPictures>) => unknown][])(
  "nothing leaves when %s",
  async (_, act) => {
    const rig = openPictures();
    rig.pictures.event(event, ring);
    expect(rig.world.asked).toBe(1);
    await act(rig);
    await rig.settled();
    expect([rig.sent, rig.entries]).toEqual([[], []]);
  },
);

test("it says what was told last of its event", async () => {
  const { pictures, made, words, sent, settled } = openPictures();
  pictures.event({ ...event, kind: "motion" }, { kind: "motion", zones: [] });
  pictures.event({ ...event, kind: "motion" }, { kind: "person", zones: ["Path"] });
  made();
  words("ntfy", true, "person");
  await settled();
  pictures.event({ ...event, kind: "motion" }, { kind: "waiting", zones: ["Path", "Door"] });
  words("webhook", true, "waiting");
  await settled();
  expect(sent.map(({ channel, kind, zones }) => [channel, kind, zones])).toEqual([
    ["ntfy", "person", ["Path"]],
    ["webhook", "waiting", ["Path", "Door"]],
  ]);
});

test("it waits for the last words: words that are still on their way would take its place", async () => {
  const { pictures, made, words, sent, settled } = openPictures();
  const motion = { ...event, kind: "motion" as const };
  pictures.event(motion, { kind: "person", zones: [] });
  words("ntfy", true, "person");
  pictures.event(motion, { kind: "waiting", zones: [] });
  words("webhook", false, "person"); // too old; the next are on their way
  made();
  await settled();
  expect(sent).toEqual([]);
  words("ntfy", true, "waiting");
  words("webhook", true, "waiting");
  await settled();
  expect(sent.map(({ channel, kind }) => [channel, kind])).toEqual([
    ["ntfy", "waiting"],
    ["webhook", "waiting"],
  ]);
});

test("permission that goes while the ledger is written: it says that nothing was sent", async () => {
  const { pictures, made, words, sent, entries, world, settled } = openPictures();
  pictures.event(event, ring);
  made();
  words("ntfy");
  world.closed = true;
  await settled();
  expect([sent, entries]).toEqual([
    [],
    ["alert-picture: to ntfy at ntfy.example", expect.stringMatching(/^alert-picture-failed: .*not sent/u)],
  ]);
});

test("what became of it is in the ledger: refused there, a courier that went away, one that says nothing", async () => {
  const { pictures, made, words, entries, clock, settled } = openPictures();
  pictures.event(event, ring);
  made();
  words("ntfy");
  words("webhook");
  await settled();
  pictures.done({
    type: "picture-done",
    event: event.id,
    channel: "ntfy",
    fault: { kind: "denied", message: "ntfy.example refuses it" },
  });
  pictures.courierLeft();
  await clock.advance(120_000);
  expect(entries.slice(2)).toEqual([
    expect.stringMatching(/^alert-picture-failed: .*refuses it/u),
    expect.stringMatching(/^alert-picture-failed: .*may have arrived/u),
  ]);
});

test("it is bounded: four at once, thirty in ten minutes", async () => {
  const { pictures, world, clock } = openPictures();
  for (let n = 0; n < 10; n += 1) pictures.event({ ...event, id: `ring-000${n}` }, ring);
  expect([world.asked, pictures.dropped]).toEqual([4, 6]);
  await clock.advance(20_000);
  for (let n = 0; n < 60; n += 1) {
    pictures.event({ ...event, id: `ring-10${n}` }, ring);
    pictures.answer({
      type: "picture-refused",
      event: `ring-10${n}`,
      fault: { kind: "denied", message: "no" },
    });
  }
  expect(world.asked).toBe(30);
});

test("one picture for each event, however often it is told, and room is kept for rings", () => {
  const { pictures, world } = openPictures();
  const refused = (id: string): void =>
    pictures.answer({ type: "picture-refused", event: id, fault: { kind: "denied", message: "no" } });
  const motion = { kind: "motion", zones: [] } as const;
  const moves = (id: string) => ({ id, kind: "motion", startWallMs: 0 }) as const;
  for (let again = 0; again < 3; again += 1) {
    pictures.event(moves("motion-0001"), motion);
    refused("motion-0001");
  }
  expect(world.asked).toBe(1);
  for (let n = 10; n < 50; n += 1) {
    pictures.event(moves(`motion-00${n}`), motion);
    refused(`motion-00${n}`);
  }
  expect(world.asked).toBe(20);
  for (let n = 1; n <= 4; n += 1) {
    pictures.event({ ...event, id: `ring-000${n}` }, ring);
    refused(`ring-000${n}`);
  }
  expect(world.asked).toBe(24);
});
