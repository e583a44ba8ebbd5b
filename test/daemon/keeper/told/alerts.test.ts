/** Who is told, by the rules they chose: a keeper with a simulated clock, asked over its API. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everything, firstRules, type Rules } from "../../../../daemon/alerts/rules.ts";
import type { AlertsView, SnoozeAsk } from "../../../../daemon/wire/api-alerts.ts";
import type { KeeperToCourier } from "../../../../daemon/wire/messages.ts";
import type { AlertChannel } from "../../../../daemon/wire/told.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import {
  enrol,
  human,
  putJson,
  remove,
  signIn,
  type SignedInHuman,
} from "../../../../scripts/rigs/person.ts";
import { startPushService, type RigBrowser } from "../../../../scripts/rigs/push-service.ts";
import { openDoor } from "../door.ts";
import { openPage, until as untilWithin } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";
import { connectTestCourier, type TestCourier } from "../test-courier.ts";
import { connectTestEye } from "../test-eye.ts";

const minuteMs = 60_000;
const until = (isSo: () => boolean | Promise<boolean>): Promise<void> => untilWithin(isSo, 30_000);
const phone = { alerts: { ntfyUrl: "http://127.0.0.1:1/door", kinds: ["ring", "motion"] } };
const drawn = {
  motion: {
    zones: ["Path", "Street"].map((name) => ({
      name,
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    })),
  },
};
const both = { ...phone, mqtt: { url: "mqtt://127.0.0.1:1" }, button: { cooldownMs: 0 } };
const nights = (): Rules => ({
  ...everything("UTC"),
  quiet: [{ days: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], from: "22:00", to: "00:30" }],
});
const hour: SnoozeAsk = { length: "1h", ringThrough: false, timeZone: "UTC" };

const alerts = async (who: SignedInHuman): Promise<AlertsView> =>
  (await (await who.fetch("/api/alerts")).json()) as AlertsView;

async function change(who: SignedInHuman, path: string, body: unknown): Promise<AlertsView> {
  const answer = await putJson(who, path, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as AlertsView;
}

/** A browser of theirs; its id. */
async function added(who: SignedInHuman, { subscription }: RigBrowser): Promise<string> {
  const answer = await putJson(who, "/api/phones", { ...subscription, label: "A browser" }, "POST");
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

type Said = Extract<KeeperToCourier, { type: "happened" | "digest" }>;
const said = ({ received }: TestCourier): Said[] =>
  received.flatMap((message) => (message.type === "happened" || message.type === "digest" ? [message] : []));
/** "ring to ntfy": what the courier was asked to tell, and whom. */
const told = (courier: TestCourier, channels: readonly AlertChannel[] = ["mqtt", "ntfy"]): string[] =>
  said(courier).flatMap((message) =>
    channels
      .filter((channel) => !message.done.includes(channel))
      .map((channel) => `${message.type === "digest" ? "digest" : message.kind} to ${channel}`),
  );
const toPhone = (courier: TestCourier): string[] => told(courier, ["ntfy"]);

async function openHouse(settings: Record<string, Record<string, unknown>>, data?: string) {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock(Date.parse("2026-01-15T21:30:00Z"));
  const door = stack.use(await openDoor({ clock, settings, ...(data === undefined ? {} : { data }) }));
  const eye = stack.use(await connectTestEye(door.paths));
  const courier = stack.use(await connectTestCourier(door.paths));
  const open = stack.move();
  let events = 0;
  const listed = async (): Promise<number> => (await alerts(door.owner)).recent.length;
  return {
    door,
    clock,
    courier,
    owner: door.owner,
    /** So many movements; resolves when they are decided. */
    async move(count: number, zones: string[] = []): Promise<void> {
      const ids = Array.from({ length: count }, () => `motion-${String((events += 1)).padStart(4, "0")}`);
      for (const event of ids)
        eye.send({
          type: "event-opened",
          event,
          kind: "motion",
          startWallMs: clock.wallMs(),
          score: 0.5,
          zones,
        });
      await until(async () => {
        const now = new Set((await alerts(door.owner)).recent.map(({ id }) => id));
        return ids.every((id) => now.has(id));
      });
    },
    end: (event: string, zones: string[]) =>
      eye.send({ type: "event-closed", event, endWallMs: clock.wallMs(), score: 0.5, zones }),
    listed,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("a night: the broker hears all, the phone the ring alone, and afterwards one digest", async () => {
  await using house = await openHouse(both);
  const { owner, clock, courier } = house;
  await change(owner, "/api/alerts/house/rules", nights());
  await clock.advance(60 * minuteMs);
  await house.move(5);
  await house.door.button.press();
  await until(() => told(courier).includes("ring to ntfy"));
  const motions = Array.from({ length: 5 }, () => "motion to mqtt");
  expect(told(courier)).toEqual([...motions, "ring to mqtt", "ring to ntfy"]);
  expect(await alerts(owner)).toMatchObject({
    house: { held: 5 },
    recent: [
      { what: "ring", house: { told: "now", why: null } },
      ...motions.map(() => ({ what: "motion", house: { told: "later", why: "quiet" } })),
    ],
  });
  await clock.advance(3 * 60 * minuteMs);
  await until(() => told(courier).includes("digest to ntfy"));
  expect(said(courier).at(-1)).toMatchObject({
    type: "digest",
    why: "quiet",
    rings: 0,
    motions: 5,
  });
  expect(await alerts(owner)).toMatchObject({
    house: { held: 0 },
    recent: [
      { what: "digest", sum: { motions: 5 }, own: null, house: { told: "now" } },
      {},
      {},
      {},
      {},
      {},
      {},
    ],
  });
});

test("a digest that no courier was done with is told to the next one, with what it was about", async () => {
  await using house = await openHouse(phone);
  const { owner, clock, courier } = house;
  await change(owner, "/api/alerts/house/rules", nights());
  await clock.advance(60 * minuteMs);
  await house.move(2);
  await clock.advance(3 * 60 * minuteMs);
  await until(() => told(courier).includes("digest to ntfy"));
  const [digest] = said(courier);
  await courier[Symbol.asyncDispose]();
  await clock.advance(minuteMs);
  await using next = await connectTestCourier(house.door.paths);
  await until(() => said(next).length > 0);
  expect(said(next)).toEqual([{ ...digest, agoMs: 61 * minuteMs }]);
});

test("a flood is told three times and then as one digest", async () => {
  await using house = await openHouse(phone);
  const { clock, courier } = house;
  await house.move(12);
  await clock.advance(11 * minuteMs);
  await until(() => told(courier).includes("digest to ntfy"));
  expect(toPhone(courier)).toEqual([...Array.from({ length: 3 }, () => "motion to ntfy"), "digest to ntfy"]);
  expect(said(courier).at(-1)).toMatchObject({ why: "flood", motions: 9 });
});

test("a snooze of the house is everywhere at once, is in its record, and ends by itself", async () => {
  await using house = await openHouse(both);
  const { owner, clock, courier } = house;
  await using page = await openPage(owner);
  await change(owner, "/api/alerts/house/snooze", hour);
  await page.next((notice) => notice.type === "alerts" && notice.what === "rules");
  await clock.advance(minuteMs);
  await until(() => courier.received.some((message) => message.type === "facts" && message.snoozed));
  await house.door.button.press();
  await until(() => told(courier).includes("ring to mqtt"));
  expect(await alerts(owner)).toMatchObject({ house: { held: 1, snooze: { by: "Test owner 1" } } });
  expect(told(courier)).toEqual(["ring to mqtt"]);
  expect((await alerts(owner)).recent[0]?.own).toEqual({ told: "never", why: "phone" });
  await clock.advance(60 * minuteMs);
  await until(() => told(courier).includes("digest to ntfy"));
  expect((await alerts(owner)).house.snooze).toBeNull();
  await until(() => {
    const facts = courier.received.findLast((message) => message.type === "facts");
    return facts?.type === "facts" && !facts.snoozed;
  });
  const { entries } = (await (await owner.fetch("/api/history")).json()) as {
    entries: { what: string; who: string; detail: string }[];
  };
  expect(entries.find(({ what }) => what === "alerts")).toMatchObject({
    who: "Test owner 1",
    detail: "the house's channels snoozed for an hour, rings too",
  });
});

test("a snooze outlives a restart and ends although the clock was set back meanwhile", async () => {
  await using folder = await tempFolder();
  {
    await using house = await openHouse(phone, folder.path);
    await change(house.owner, "/api/alerts/house/snooze", hour);
    await house.clock.advance(10 * minuteMs);
    const answer = await house.owner.fetch("/api/alerts/snooze", { method: "DELETE" });
    expect(answer.status).toBe(200);
  }
  // a day earlier than it was set: an hour is an hour
  await using house = await openHouse(phone, folder.path);
  house.clock.stepWall(-24 * 60 * minuteMs);
  expect((await alerts(house.owner)).house.snooze).not.toBeNull();
  await house.clock.advance(60 * minuteMs);
  expect((await alerts(house.owner)).house.snooze).toBeNull();
});

test("everybody chooses for themselves, and is forgotten when they go", async () => {
  await using service = await startPushService();
  await using house = await openHouse({ alerts: { ...phone.alerts, pushHosts: [service.host] } });
  const { owner } = house;
  await enrol(owner, human(2, "member"));
  const member = await signIn(house.door.base, human(2, "member"));
  const owners = await added(owner, service.browser());
  const members = await added(member, service.browser());
  await change(member, "/api/alerts/rules", { ...nights(), kinds: ["motion"], zones: ["Path"] });
  await change(member, "/api/alerts/snooze", { ...hour, length: "open" });
  expect(await alerts(member)).toMatchObject({
    own: { rules: { zones: ["Path"] }, snooze: { untilWallMs: null } },
  });
  expect(await alerts(owner)).toMatchObject({ own: { rules: firstRules("UTC"), snooze: null } });
  await change(owner, "/api/alerts/rules", { ...firstRules("UTC"), kinds: ["ring"] });
  await house.move(1);
  await house.door.button.press();
  await until(async () => (await house.listed()) === 2);
  expect((await alerts(member)).recent.map(({ own }) => own)).toEqual([
    { told: "never", why: "kind" },
    { told: "later", why: "snooze" },
  ]);
  expect((await alerts(owner)).recent.map(({ own }) => own)).toEqual([
    { told: "now", why: null },
    { told: "never", why: "kind" },
  ]);
  await until(() => said(house.courier).length === 2);
  // told over web push: the ring to the owner, and in the end what the member's snooze held
  expect(said(house.courier).map((message) => [message.type, message.phones])).toEqual([
    ["happened", []],
    ["happened", [owners]],
  ]);
  await member.fetch("/api/alerts/snooze", { method: "DELETE" });
  await until(() => said(house.courier).length === 3);
  expect(said(house.courier).at(-1)).toMatchObject({ type: "digest", motions: 1, phones: [members] });
  expect(told(house.courier)).not.toContain("digest to ntfy");
  const file = join(house.door.paths.alerts, "rules.json");
  expect(await readFile(file, "utf8")).toContain("Path");
  await remove(owner, human(2));
  await change(owner, "/api/alerts/rules", nights());
  expect(await readFile(file, "utf8")).not.toContain("Path");
});

test("a movement that comes into a chosen zone only later is told then", async () => {
  await using house = await openHouse({ ...both, ...drawn });
  const { owner, courier } = house;
  await change(owner, "/api/alerts/house/rules", { ...everything("UTC"), zones: ["Path"] });
  await house.move(1, ["Street"]);
  expect(told(courier)).toEqual(["motion to mqtt"]);
  house.end("motion-0001", ["Street", "Path"]);
  await until(() => told(courier).includes("motion to ntfy"));
  expect(toPhone(courier)).toEqual(["motion to ntfy"]);
  expect((await alerts(owner)).recent).toMatchObject([{ id: "motion-0001", house: { told: "now" } }]);
});

test("rules that name zones which are drawn no more keep nobody silent", async () => {
  await using house = await openHouse({ ...phone, ...drawn });
  const { owner, courier } = house;
  await change(owner, "/api/alerts/house/rules", { ...everything("UTC"), zones: ["Path"] });
  await house.move(1, ["Street"]);
  expect((await putJson(owner, "/api/zones", { zones: [] })).status).toBe(200);
  await house.move(1, ["Street"]);
  await until(() => toPhone(courier).length > 0);
  expect((await alerts(owner)).recent).toMatchObject([
    { house: { told: "now" } },
    { house: { told: "never", why: "zone" } },
  ]);
});

test("with rules that cannot be read everything is told, the page says so, and a new choice keeps the old file", async () => {
  await using folder = await tempFolder();
  let file = "";
  {
    await using house = await openHouse(phone, folder.path);
    await change(house.owner, "/api/alerts/house/rules", { ...nights(), kinds: [] });
    file = join(house.door.paths.alerts, "rules.json");
  }
  await writeFile(file, '{"version":1,"house":');
  await using house = await openHouse(phone, folder.path);
  const { owner, courier } = house;
  await house.clock.advance(60 * minuteMs);
  await house.move(1);
  await until(() => told(courier).length > 0);
  expect(toPhone(courier)).toEqual(["motion to ntfy"]);
  expect((await alerts(owner)).fault).toMatchObject({ kind: "corrupt" });
  const health = (await (await owner.fetch("/healthz")).json()) as { problems: string[] };
  expect(health.problems).toContain("the rules of alerts cannot be read: everything is told");
  const { fault } = await change(owner, "/api/alerts/rules", nights());
  expect(fault).toBeNull();
  expect(await readFile(file.replace("rules.json", "rules.damaged.json"), "utf8")).toBe(
    '{"version":1,"house":',
  );
});

test("what a night held is told afterwards although the doorbell was started anew in between, and once", async () => {
  await using folder = await tempFolder();
  {
    await using house = await openHouse(phone, folder.path);
    await change(house.owner, "/api/alerts/house/rules", nights());
    await house.clock.advance(60 * minuteMs);
    await house.move(2, ["Path"]);
  }
  {
    await using house = await openHouse(phone, folder.path);
    expect((await alerts(house.owner)).house.held).toBe(2);
    await house.clock.advance(minuteMs);
    await until(() => toPhone(house.courier).length > 0);
    expect(said(house.courier)).toMatchObject([{ why: "quiet", motions: 2, zones: ["Path"] }]);
  }
  await using house = await openHouse(phone, folder.path);
  expect((await alerts(house.owner)).house.held).toBe(0);
});

test("rules that mean nothing are refused, and nothing changes", async () => {
  await using house = await openHouse(phone);
  const before = await alerts(house.owner);
  const wrongs = [
    { quiet: [{ days: ["mon"], from: "25:00", to: "07:00" }] },
    { quiet: [{ days: [], from: "22:00", to: "07:00" }] },
    { timeZone: "Europe/Atlantis" },
    { kinds: ["ghost"] },
    { louder: true },
  ];
  for (const wrong of wrongs) {
    const answer = await putJson(house.owner, "/api/alerts/rules", { ...nights(), ...wrong });
    expect([wrong, answer.status]).toEqual([wrong, 400]);
  }
  expect(await alerts(house.owner)).toEqual(before);
});
