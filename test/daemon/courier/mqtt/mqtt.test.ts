/** The courier at a real broker (mosquitto), and a subscriber who sees what Home Assistant would. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { settingsSchema, type Settings } from "../../../../config/schema.ts";
import { Mqtt } from "../../../../daemon/courier/mqtt/mqtt.ts";
import { Stages } from "../../../../daemon/courier/stages.ts";
import { makeCertificatePem, makeKeyPem } from "../../../../daemon/keeper/tls/make.ts";
import type { HappenedSaid, SwitchSaid } from "../../../../daemon/wire/told.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { startMosquitto } from "../../../../scripts/rigs/mosquitto.ts";
import { portOf } from "../http/servers.ts";
import { someFacts } from "./some-facts.ts";

const wait = { timeout: 30_000, interval: 20 };
const own = `sill/${someFacts.device}`;
let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "sill-mqtt-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Rig extends AsyncDisposable {
  readonly mqtt: Mqtt;
  readonly clock: SimClock;
  readonly stages: Stages;
  /** What the keeper need not say again. */
  readonly done: readonly string[];
  readonly switched: readonly SwitchSaid[];
  up(): Promise<void>;
  /** Until an attempt has failed; its Fault. */
  failed(): Promise<{ kind: string; message: string; hint: string | undefined }>;
}

function openRig(mqttSettings: Partial<Settings["mqtt"]>): Rig {
  const clock = new SimClock();
  const stages = new Stages();
  const { mqtt: settings } = settingsSchema.parse({ mqtt: mqttSettings });
  const done: string[] = [];
  const onDone = (event: string): void => void done.push(event);
  const switched: SwitchSaid[] = [];
  const onSwitch = (said: SwitchSaid): void => void switched.push(said);
  const onChange = (): void => {};
  const mqtt = new Mqtt({ settings, clock, random: () => 0.5, stages, onDone, onSwitch, onChange });
  return {
    mqtt,
    clock,
    stages,
    done,
    switched,
    up: () => vi.waitFor(() => expect(mqtt.state.connected).toBe(true), wait),
    failed: () =>
      vi.waitFor(() => {
        const { fault } = mqtt.state;
        if (fault === null) throw new Error("nothing has failed");
        const { kind, message, hint } = fault;
        return { kind, message, hint };
      }, wait),
    [Symbol.asyncDispose]: () => mqtt[Symbol.asyncDispose](),
  };
}

function ring(clock: SimClock, event: string): HappenedSaid {
  const ring = { type: "happened", event, kind: "ring", wallMs: clock.wallMs(), agoMs: 0 } as const;
  return { ...ring, done: [], zones: [], phones: [] };
}

test("discovery, state and status are retained for who comes later, a ring is not", async () => {
  await using broker = await startMosquitto();
  await using early = await broker.subscribe("#");
  await using rig = openRig({ url: broker.url, name: "Front door" });
  rig.mqtt.facts(someFacts);
  await rig.up();
  rig.mqtt.happened(ring(rig.clock, "ring-0001"));
  await vi.waitFor(() => expect(rig.stages.at("mqtt").out).toBe(1), wait);
  const rung = await early.next(({ topic }) => topic === `${own}/ring`);
  expect(JSON.parse(rung.text)).toEqual({
    event_type: "ring",
    event_id: "ring-0001",
    at: new Date(rig.clock.wallMs()).toISOString(),
  });
  await early.next(({ topic }) => topic === `${own}/state`);
  await early.next(({ text }) => text === "online");

  await using late = await broker.subscribe("#");
  await vi.waitFor(() => expect(late.heard.length).toBe(3), wait);
  expect(Object.fromEntries(late.heard.map(({ topic, retained }) => [topic, retained]))).toEqual({
    [`homeassistant/device/sill-${someFacts.device}/config`]: true,
    [`${own}/state`]: true,
    [`${own}/status`]: true,
  });
  expect(rig.stages.at("mqtt")).toMatchObject({ in: 1, out: 1, dropped: 0 });
});

test("only what changed is said again; movement tells its zones", async () => {
  await using broker = await startMosquitto();
  await using subscriber = await broker.subscribe(`${own}/#`);
  await using rig = openRig({ url: broker.url });
  rig.mqtt.facts(someFacts);
  await rig.up();
  rig.mqtt.facts({ ...someFacts });
  rig.mqtt.facts({ ...someFacts, motion: true });
  const wallMs = rig.clock.wallMs();
  rig.mqtt.happened({ ...ring(rig.clock, "motion-0001"), kind: "motion", wallMs, zones: ["path"] });
  const moved = await subscriber.next(({ topic }) => topic === `${own}/motion`);
  expect(JSON.parse(moved.text)).toMatchObject({ event_type: "motion", zones: ["path"] });
  await vi.waitFor(() => {
    const states = subscriber.heard.filter(({ topic }) => topic === `${own}/state`);
    expect(states.length).toBe(2);
  }, wait);
  const states = subscriber.heard.filter(({ topic }) => topic === `${own}/state`);
  expect(states.map(({ text }) => (JSON.parse(text) as { motion: string }).motion)).toEqual(["OFF", "ON"]);
});

test("Home Assistant that starts is told everything again", async () => {
  await using broker = await startMosquitto();
  await using rig = openRig({ url: broker.url });
  rig.mqtt.facts(someFacts);
  await rig.up();
  await using home = await broker.subscribe("homeassistant/#");
  const configs = () => home.heard.filter(({ topic, retained }) => topic.endsWith("/config") && !retained);
  await home.next(({ topic }) => topic.endsWith("/config"));
  const before = configs().length;
  await vi.waitFor(async () => {
    await home.publish("homeassistant/status", "online");
    await rig.clock.advance(3_000);
    expect(configs().length).toBeGreaterThan(before);
  }, wait);
});

test("a doorbell that ends says that it is offline", async () => {
  await using broker = await startMosquitto();
  await using subscriber = await broker.subscribe(`${own}/status`);
  {
    await using rig = openRig({ url: broker.url });
    rig.mqtt.facts(someFacts);
    await rig.up();
    await subscriber.next(({ text }) => text === "online");
  }
  await subscriber.next(({ text }) => text === "offline");
});

test("a broker that was away hears the ring of the last half minute, and no older one", async () => {
  await using broker = await startMosquitto();
  await broker.stop();
  await using rig = openRig({ url: broker.url });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toMatchObject({
    kind: "unavailable",
    message: "the MQTT broker 127.0.0.1 refuses connections",
    hint: "is it running, on that port?",
  });
  rig.mqtt.happened(ring(rig.clock, "ring-0001"));
  await rig.clock.advance(31_000);
  rig.mqtt.happened(ring(rig.clock, "ring-0002"));
  await broker.start();
  await using subscriber = await broker.subscribe(`${own}/ring`);
  await vi.waitFor(async () => {
    await rig.clock.advance(500);
    expect(subscriber.heard.length).toBe(1);
    expect(rig.stages.at("mqtt")).toMatchObject({ in: 2, out: 1, dropped: 1 });
  }, wait);
  expect(subscriber.heard.map(({ text }) => (JSON.parse(text) as { event_id: string }).event_id)).toEqual([
    "ring-0002",
  ]);
  expect(rig.mqtt.state.fault).toBeNull();
});

test("a ring that waited too long for the courier is not rung", async () => {
  await using broker = await startMosquitto();
  await using rig = openRig({ url: broker.url });
  rig.mqtt.facts(someFacts);
  await rig.up();
  rig.mqtt.happened({ ...ring(rig.clock, "ring-0001"), agoMs: 31_000 });
  expect(rig.stages.at("mqtt")).toMatchObject({ in: 1, out: 0, dropped: 1 });
  expect(rig.done).toEqual(["ring-0001"]);
});

test("more rings than fit while the broker is away are counted, the newest stay", async () => {
  await using rig = openRig({ url: "mqtt://127.0.0.1:1" });
  rig.mqtt.facts(someFacts);
  for (let i = 0; i < 70; i += 1) rig.mqtt.happened(ring(rig.clock, `ring-${1_000 + i}`));
  expect(rig.stages.at("mqtt")).toMatchObject({ in: 70, out: 0, dropped: 6 });
});

test("name and password are needed, and told when they are wrong", async () => {
  await using broker = await startMosquitto({ login: { username: "door", password: "right" } });
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, "wrong\n");
  await using rig = openRig({ url: broker.url, username: "door", passwordFile });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toEqual({
    kind: "denied",
    message: "the MQTT broker 127.0.0.1 does not let this doorbell in",
    hint: "mqtt.username, mqtt.passwordFile",
  });
  await writeFile(passwordFile, "right\n");
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    expect(rig.mqtt.state).toEqual({ connected: true, fault: null });
  }, wait);
});

test("a password file that cannot be read is told", async () => {
  await using rig = openRig({ url: "mqtt://127.0.0.1:1", passwordFile: join(folder, "missing") });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toMatchObject({
    kind: "not-found",
    message: expect.stringContaining("the file of mqtt.passwordFile cannot be used: there is none"),
  });
});

const yearMs = 365 * 86_400_000;
const made = async (fromMs: number, toMs: number, names = ["127.0.0.1"]) => {
  const key = makeKeyPem();
  const plan = { names, notBefore: new Date(fromMs), notAfter: new Date(toMs) };
  return { key, certificate: await makeCertificatePem(key, plan) };
};

test("with TLS the certificate must be of the signer that the settings name", async () => {
  const tls = await made(Date.now() - yearMs, Date.now() + yearMs);
  await using broker = await startMosquitto({ tls });
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, tls.certificate);
  await using rig = openRig({ url: broker.url, caFile });
  rig.mqtt.facts(someFacts);
  await rig.up();
  await using stranger = openRig({ url: broker.url });
  stranger.mqtt.facts(someFacts);
  expect(await stranger.failed()).toMatchObject({
    kind: "denied",
    message: "the MQTT broker 127.0.0.1 shows a certificate of an unknown signer",
  });
});

test.each([
  ["has expired", [-2, -1], ["127.0.0.1"], "shows a certificate that has expired"],
  ["is of another name", [-1, 1], ["broker.test"], "shows a certificate of another name"],
] as const)("a certificate that %s is refused", async (_what, [from, to], names, words) => {
  const tls = await made(Date.now() + from * yearMs, Date.now() + to * yearMs, [...names]);
  await using broker = await startMosquitto({ tls });
  const caFile = join(folder, "ca-2.pem");
  await writeFile(caFile, tls.certificate);
  await using rig = openRig({ url: broker.url, caFile });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toMatchObject({ kind: "denied", message: `the MQTT broker 127.0.0.1 ${words}` });
});

test("without TLS nobody outside the home network is called", async () => {
  await using rig = openRig({ url: "mqtt://203.0.113.7" });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toMatchObject({
    kind: "denied",
    message: expect.stringContaining("203.0.113.7"),
  });
});

test("a server that is no broker is left alone with a growing pause", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await using rig = openRig({ url: `mqtt://127.0.0.1:${await portOf(server)}` });
  rig.mqtt.facts(someFacts);
  expect(await rig.failed()).toMatchObject({ kind: expect.stringMatching(/unavailable|denied/u) });
  server.close();
});

test("a broker that never says that it has a ring is left, and the ring is not lost", async () => {
  // answers CONNECT, SUBSCRIBE and PINGREQ, and takes publications without a word
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      if (bytes[0] === 0x10) socket.write(Buffer.from([0x20, 2, 0, 0]));
    });
  });
  await using rig = openRig({ url: `mqtt://127.0.0.1:${await portOf(server)}` });
  rig.mqtt.facts(someFacts);
  await rig.up();
  rig.mqtt.happened(ring(rig.clock, "ring-0001"));
  await vi.waitFor(() => expect(rig.mqtt.state.connected).toBe(false), wait);
  expect(rig.done).toEqual([]);
  await rig.clock.advance(1_000);
  await vi.waitFor(() => expect(connections).toBe(2), wait);
  server.close();
});

test.each([
  "mqtt://host:99999",
  "mqtt://my broker",
  "mqtt://[1:2]",
  "http://host",
  "mqtt://a:b@host",
  "mqtt://",
])("%s is no broker's address", (url) => {
  expect(settingsSchema.safeParse({ mqtt: { url } }).success).toBe(false);
});

const both: Settings["mqtt"]["switches"] = ["privacy", "snooze"];

test("a switch of Home Assistant reaches the keeper, and its answer is how it is, not what was asked for", async () => {
  await using broker = await startMosquitto();
  await using home = await broker.subscribe(`${own}/#`);
  await using rig = openRig({ url: broker.url, switches: both });
  rig.mqtt.facts(someFacts);
  await rig.up();
  await home.next(({ topic }) => topic === `${own}/state`);
  const states = () => home.heard.filter(({ topic }) => topic === `${own}/state`);
  await vi.waitFor(async () => {
    if (rig.switched.length === 0) await home.publish(`${own}/privacy/set`, "ON");
    expect(rig.switched[0]).toEqual({ type: "switch", name: "privacy", on: true });
  }, wait);
  const before = states().length;
  await rig.clock.advance(1_000); // the keeper said no: nothing has changed
  await vi.waitFor(() => expect(states().length).toBe(before + 1), wait);
  expect(JSON.parse(states().at(-1)?.text ?? "")).toMatchObject({ privacy: "OFF" });
  rig.mqtt.facts({ ...someFacts, privacy: true });
  await vi.waitFor(() => expect(states().at(-1)?.text).toContain('"privacy":"ON"'), wait);
});

test("what is retained, not ON or OFF, too often, or for a switch that is not let is counted and does nothing", async () => {
  await using broker = await startMosquitto();
  await using home = await broker.subscribe(`${own}/#`);
  await home.publish(`${own}/privacy/set`, "ON", { retain: true }); // by an automation of last year
  await using rig = openRig({ url: broker.url, switches: ["privacy"] });
  rig.mqtt.facts(someFacts);
  await rig.up();
  const counts = () => rig.stages.at("mqtt commands");
  await vi.waitFor(() => expect(counts()).toMatchObject({ in: 1, out: 0, dropped: 1 }), wait);
  for (const text of ["on", "TRUE", "", "ON ".repeat(30), '{"state":"ON"}'])
    await home.publish(`${own}/privacy/set`, text);
  await home.publish(`${own}/snooze/set`, "ON");
  for (let n = 0; n < 10; n += 1) await home.publish(`${own}/privacy/set`, "OFF");
  await vi.waitFor(() => expect(counts().in).toBe(16), wait);
  expect([counts(), rig.switched.length]).toMatchObject([{ out: 6, dropped: 10 }, 6]);
  await rig.clock.advance(60_000);
  await home.publish(`${own}/privacy/set`, "OFF");
  await vi.waitFor(() => expect(rig.switched.length).toBe(7), wait);
});

test("a broker that comes back brings no old command with it", async () => {
  await using broker = await startMosquitto();
  await using rig = openRig({ url: broker.url, switches: both });
  rig.mqtt.facts(someFacts);
  await rig.up();
  await broker.stop();
  await rig.failed();
  await broker.start();
  {
    await using home = await broker.subscribe(`${own}/#`);
    for (const name of both) await home.publish(`${own}/${name}/set`, "ON", { retain: true });
  }
  await rig.clock.advance(2_000);
  await rig.up();
  await vi.waitFor(() => expect(rig.stages.at("mqtt commands")).toMatchObject({ in: 2, dropped: 2 }), wait);
  expect(rig.switched).toEqual([]);
});

test("where the settings let nothing be switched, nothing is listened to", async () => {
  await using broker = await startMosquitto();
  await using home = await broker.subscribe(`${own}/#`);
  await using rig = openRig({ url: broker.url });
  rig.mqtt.facts(someFacts);
  await rig.up();
  await home.publish(`${own}/privacy/set`, "ON");
  rig.mqtt.happened(ring(rig.clock, "ring-0001")); // comes after it
  await home.next(({ topic }) => topic === `${own}/ring`);
  expect([rig.stages.at("mqtt commands").in, rig.switched]).toEqual([0, []]);
});
