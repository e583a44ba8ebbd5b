/** Alerts to browsers through a push service that opens them, refuses them, forgets browsers, or says nothing. */
import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { noCounts } from "../../../../daemon/alerts/counts.ts";
import { Alerts } from "../../../../daemon/courier/alerts/alerts.ts";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { HttpClient } from "../../../../daemon/courier/http/client.ts";
import { PushList } from "../../../../daemon/courier/push/push-list.ts";
import { Stages } from "../../../../daemon/courier/stages.ts";
import { newVapidKey } from "../../../../daemon/keeper/push/vapid-key.ts";
import type { CourierToKeeper } from "../../../../daemon/wire/messages.ts";
import type { HappenedSaid } from "../../../../daemon/wire/told.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import {
  startPushService,
  type PushService,
  type RigBrowser,
} from "../../../../scripts/rigs/push-service.ts";
import { someFacts } from "../mqtt/some-facts.ts";

const wait = { timeout: 30_000, interval: 20 };

function openRig(service: PushService, more: Record<string, unknown> = {}) {
  const clock = new SimClock();
  const stages = new Stages();
  const settings = settingsSchema.parse({ alerts: { pushHosts: [service.host], ...more } });
  const said: CourierToKeeper[] = [];
  const done: string[] = [];
  const pushList = new PushList(settings.alerts.pushHosts);
  const all = new Alerts({
    settings,
    clock,
    random: () => 0.5,
    stages,
    newClient: () => new HttpClient({ allow: new AllowList(settings), clock }),
    newPushClient: () => new HttpClient({ allow: pushList, clock }),
    tellNow: () => {},
    tell: (message) => {
      if (message.type === "happened-done") done.push(`${message.channel} ${message.alert}`);
      else said.push(message);
    },
    onChange: () => {},
  });
  all.facts({ ...someFacts, name: "Front door" });
  const key = newVapidKey();
  const phones = (browsers: Readonly<Record<string, RigBrowser>>, withKey = key): void =>
    all.phones({
      type: "phones",
      key: withKey,
      phones: Object.entries(browsers).map(([phone, { subscription }]) => ({ phone, ...subscription })),
    });
  const ring = (event: string, to: readonly string[], change: Partial<HappenedSaid> = {}): void =>
    all.happened({
      type: "happened",
      event,
      kind: "ring",
      wallMs: clock.wallMs(),
      agoMs: 0,
      done: [],
      zones: [],
      phones: [...to],
      ...change,
    });
  const doneWith = (...events: string[]) =>
    vi.waitFor(() => expect(done.toSorted()).toEqual(events.map((event) => `push ${event}`)), wait);
  const tested = async (phone: string): Promise<CourierToKeeper | undefined> => {
    all.testPhone({ phone, test: "test-0001" });
    await vi.waitFor(() => expect(said.some(({ type }) => type === "phone-tested")).toBe(true), wait);
    return said.find(({ type }) => type === "phone-tested");
  };
  return {
    all,
    clock,
    stages,
    said,
    done,
    phones,
    ring,
    doneWith,
    tested,
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}

test("a browser is told of a ring in a message that only it can open, signed by the house", async () => {
  await using service = await startPushService();
  await using rig = openRig(service, { pushContact: "mailto:ada@example.org" });
  const browser = service.browser();
  rig.phones({ "phone-0001": browser });
  rig.ring("ring-0001", ["phone-0001"]);
  await rig.doneWith("ring-0001");
  expect(service.refused).toEqual([]);
  const [{ pushed, headers } = {}] = browser.got;
  expect(pushed).toEqual({
    kind: "ring",
    event: "ring-0001",
    wallMs: rig.clock.wallMs(),
    zones: [],
    rings: 1,
    movements: 0,
    name: "Front door",
  });
  expect(headers).toMatchObject({ ttl: "3600", urgency: "high", "content-encoding": "aes128gcm" });
  expect(rig.stages.at("push")).toEqual({ name: "push", in: 1, out: 1, dropped: 0 });
});

test("what the service sees of a ring, of movement in many places and of a test is equally long", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  rig.phones({ "phone-0001": browser });
  const zones = Array.from({ length: 16 }, (_each, at) => `${"\u0001ä".repeat(18)}${at}`);
  rig.ring("ring-0001", ["phone-0001"]);
  rig.ring("motion-0001", ["phone-0001"], { kind: "motion", zones });
  await rig.doneWith("motion-0001", "ring-0001");
  await rig.tested("phone-0001");
  expect(new Set(browser.got.map(({ bytes }) => bytes)).size).toBe(1);
  expect(browser.got.map(({ pushed }) => pushed.kind)).toEqual(["ring", "motion", "test"]);
  expect(browser.got[1]?.pushed.zones).toEqual(zones.slice(0, 4));
});

test("a ring that waits at the service is replaced by the next ring, not by movement", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  rig.phones({ "phone-0001": browser });
  rig.ring("ring-0001", ["phone-0001"]);
  rig.ring("ring-0002", ["phone-0001"], { agoMs: 600_000 });
  rig.ring("motion-0001", ["phone-0001"], { kind: "motion" });
  await rig.doneWith("motion-0001", "ring-0001", "ring-0002");
  const [first, second, motion] = browser.got.map(({ headers }) => headers);
  expect(second).toMatchObject({ topic: first?.["topic"], ttl: "3000" });
  expect(motion).toMatchObject({ urgency: "normal" });
  expect(motion?.["topic"]).not.toBe(first?.["topic"]);
});

test("the topic tells a service neither what happened nor which browsers are told of the same", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [ada, bob] = [service.browser(), service.browser()];
  rig.phones({ "phone-0001": ada, "phone-0002": bob });
  rig.ring("ring-0001", ["phone-0001", "phone-0002"]);
  rig.ring("motion-0001", ["phone-0001", "phone-0002"], { kind: "motion" });
  await rig.doneWith("motion-0001", "ring-0001");
  const topics = [...ada.got, ...bob.got].map(({ headers }) => String(headers["topic"]));
  expect(new Set(topics).size).toBe(4);
  // all that a service knows: the public key, the address, and how topics are made
  for (const { subscription, got } of [ada, bob]) {
    const [, key = ""] = /k=([\w-]+)$/u.exec(got[0]?.headers.authorization ?? "") ?? [];
    for (const kind of ["ring", "motion"])
      for (const known of [key, subscription.endpoint]) {
        const digest = createHash("sha256").update(`sill push topic\n${kind}\n${known}`).digest("base64url");
        expect(topics).not.toContain(digest.slice(0, 32));
      }
  }
});

test("a digest that waits at the service is not replaced by the next one: each stands for other events", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  browser.answer([500]);
  rig.phones({ "phone-0001": browser });
  for (let i = 1; i <= 4; i += 1) rig.ring(`ring-000${i}`, ["phone-0001"], { agoMs: 120_000 });
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(rig.done.length).toBe(4);
  }, wait);
  expect(browser.got.map(({ pushed, headers }) => [pushed.kind, headers["topic"]])).toEqual([
    ["digest", undefined],
  ]);
});

test("only the browsers that an event names are told of it", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [ada, bob] = [service.browser(), service.browser()];
  rig.phones({ "phone-0001": ada, "phone-0002": bob });
  rig.ring("ring-0001", ["phone-0002"]);
  rig.ring("ring-0002", ["phone-0003"]);
  await rig.doneWith("ring-0001", "ring-0002");
  expect([ada.calls, bob.calls]).toEqual([0, 1]);
});

test.each([404, 410])("a browser that is gone (%d) is said so, and holds no event open", async (status) => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [gone, here] = [service.browser(), service.browser()];
  gone.answer([status]);
  rig.phones({ "phone-0001": gone, "phone-0002": here });
  rig.ring("ring-0001", ["phone-0001", "phone-0002"]);
  await rig.doneWith("ring-0001");
  expect(rig.said).toContainEqual({ type: "phone-gone", phone: "phone-0001" });
  rig.phones({ "phone-0002": here });
  expect(rig.stages.at("push")).toEqual({ name: "push", in: 2, out: 1, dropped: 1 });
});

test("a service that says nothing holds up its own browser alone", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [silent, here] = [service.browser(), service.browser()];
  silent.answer(null);
  rig.phones({ "phone-0001": silent, "phone-0002": here });
  rig.ring("ring-0001", ["phone-0001", "phone-0002"]);
  await vi.waitFor(() => expect([silent.calls, here.got.length]).toEqual([1, 1]), wait);
  expect(rig.done).toEqual([]);
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(silent.got.length).toBe(1);
  }, wait);
  await rig.doneWith("ring-0001");
});

test("a service that is busy is asked again when it says, and the trouble is told once and taken back", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  browser.answer([429, { "Retry-After": "30" }], [503]);
  rig.phones({ "phone-0001": browser });
  rig.ring("ring-0001", ["phone-0001"]);
  const states = () => rig.said.filter(({ type }) => type === "phone-state");
  await vi.waitFor(() => expect(states().length).toBe(1), wait);
  expect(states()[0]).toMatchObject({ fault: { message: expect.stringContaining("(429)") } });
  await rig.clock.advance(29_999);
  expect(browser.calls).toBe(1);
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(browser.got.length).toBe(1);
  }, wait);
  await rig.doneWith("ring-0001");
  expect(states().at(-1)).toEqual({ type: "phone-state", phone: "phone-0001" });
  expect(rig.stages.at("push").lastError).toBeUndefined();
});

test("one browser that is told does not hide another that is not", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [here, refused] = [service.browser(), service.browser()];
  refused.answer([413]);
  rig.phones({ "phone-0001": here, "phone-0002": refused });
  rig.ring("ring-0001", ["phone-0002"]);
  await rig.doneWith("ring-0001");
  rig.ring("ring-0002", ["phone-0001"]);
  await rig.doneWith("ring-0001", "ring-0002");
  expect(rig.stages.at("push")).toMatchObject({ dropped: 1, lastError: expect.stringContaining("(413)") });
});

test("a signature that is refused while a clock is wrong is tried again, and said why until it is taken", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  rig.phones({ "phone-0001": browser });
  service.skewS = 2 * 24 * 3_600;
  rig.ring("ring-0001", ["phone-0001"]);
  await vi.waitFor(() => expect(service.refused).toEqual([expect.stringContaining("expired")]), wait);
  await vi.waitFor(() => expect(rig.said.some(({ type }) => type === "phone-state")).toBe(true), wait);
  expect(rig.stages.at("push").lastError).toContain("does not accept this doorbell's signature (403)");
  expect(rig.done).toEqual([]);
  service.skewS = 0;
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(browser.got.length).toBe(1);
  }, wait);
  await rig.doneWith("ring-0001");
  expect(rig.stages.at("push").lastError).toBeUndefined();
});

test("another key than the browser was given is refused for as long as a ring is worth telling", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const bound = service.browser();
  rig.phones({ "phone-0001": bound });
  rig.ring("ring-0001", ["phone-0001"]);
  await rig.doneWith("ring-0001");
  rig.phones({ "phone-0001": bound }, newVapidKey());
  rig.ring("ring-0002", ["phone-0001"]);
  await vi.waitFor(() => expect(service.refused.length).toBe(1), wait);
  expect(service.refused[0]).toContain("another key");
  await vi.waitFor(async () => {
    await rig.clock.advance(120_000);
    expect(rig.done.length).toBe(2);
  }, wait);
  expect(service.refused.length).toBeGreaterThan(2);
  expect(rig.stages.at("push")).toMatchObject({ in: 2, out: 1, dropped: 1 });
});

test("a test that arrives takes back that a browser is not reached", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  browser.answer([413]);
  rig.phones({ "phone-0001": browser });
  rig.ring("ring-0001", ["phone-0001"]);
  await rig.doneWith("ring-0001");
  const states = () => rig.said.filter(({ type }) => type === "phone-state");
  expect(states()).toMatchObject([{ fault: { message: expect.stringContaining("(413)") } }]);
  await rig.tested("phone-0001");
  expect(states().at(-1)).toEqual({ type: "phone-state", phone: "phone-0001" });
  expect(rig.stages.at("push").lastError).toBeUndefined();
});

test("after a while offline a browser gets the ring that is new, and one notification for all the rest", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  browser.answer([500]);
  rig.phones({ "phone-0001": browser });
  for (let i = 1; i <= 4; i += 1) rig.ring(`ring-000${i}`, ["phone-0001"]);
  rig.ring("motion-0001", ["phone-0001"], { kind: "motion" });
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(rig.done.length).toBe(5);
  }, wait);
  expect(browser.got.map(({ pushed }) => pushed)).toEqual([
    expect.objectContaining({ kind: "ring", event: "ring-0004" }),
    expect.objectContaining({ kind: "digest", rings: 3, movements: 1, event: "motion-0001" }),
  ]);
});

test("a test alert goes beside the queue and says what became of it", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  browser.answer([500]);
  rig.phones({ "phone-0001": browser });
  expect(await rig.tested("phone-0001")).toMatchObject({
    fault: { message: `${service.host} has a fault (500)` },
  });
  rig.said.length = 0;
  expect(await rig.tested("phone-0001")).toEqual({ type: "phone-tested", test: "test-0001" });
  rig.said.length = 0;
  expect(await rig.tested("phone-9999")).toMatchObject({ fault: { kind: "not-found" } });
});

test.each([
  ["a service that the settings do not name", { endpoint: "https://push.example.org/1" }, "alerts.pushHosts"],
  ["a key that is no point of the curve", { p256dh: "A".repeat(87) }, "remove it"],
])("%s is not told", async (_what, change, hint) => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const browser = service.browser();
  rig.phones({ "phone-0001": { ...browser, subscription: { ...browser.subscription, ...change } } });
  expect(await rig.tested("phone-0001")).toMatchObject({ fault: { hint: expect.stringContaining(hint) } });
  expect(browser.calls).toBe(0);
});

test("a digest is counts and the newest event, one message for each that it names", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [ada, bob] = [service.browser(), service.browser()];
  rig.phones({ "phone-0001": ada, "phone-0002": bob });
  rig.all.happened({
    type: "digest",
    event: "digest-0001",
    last: "motion-0005",
    why: "quiet",
    ...noCounts,
    rings: 1,
    motions: 5,
    firstWallMs: 1,
    wallMs: 2,
    firstAgoMs: 2_000,
    lastAgoMs: 1_000,
    agoMs: 0,
    zones: ["Path"],
    done: ["mqtt", "ntfy", "webhook"],
    phones: ["phone-0002"],
  });
  await rig.doneWith("digest-0001");
  expect(ada.got).toEqual([]);
  expect(bob.got.map(({ pushed }) => pushed)).toEqual([
    {
      kind: "digest",
      event: "motion-0005",
      wallMs: 2,
      zones: [],
      rings: 1,
      persons: 0,
      vehicles: 0,
      animals: 0,
      movements: 5,
      parcels: 0,
      name: "Front door",
    },
  ]);
});

test("a browser that an event names only later is told then, and no other again", async () => {
  await using service = await startPushService();
  await using rig = openRig(service);
  const [ada, bob] = [service.browser(), service.browser()];
  rig.phones({ "phone-0001": ada, "phone-0002": bob });
  rig.ring("motion-0001", ["phone-0001"], { kind: "motion" });
  await rig.doneWith("motion-0001");
  rig.ring("motion-0001", ["phone-0001", "phone-0002"], { kind: "motion" });
  await rig.doneWith("motion-0001", "motion-0001");
  rig.ring("motion-0001", ["phone-0001", "phone-0002"], { kind: "motion" });
  await rig.doneWith("motion-0001", "motion-0001", "motion-0001");
  expect([ada.got.length, bob.got.length]).toEqual([1, 1]);
});
