/** A whole doorbell at a real broker and a phone's server: rings that arrive whatever else has died. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { startMosquitto, type Heard, type Mosquitto, type Subscriber } from "../../scripts/rigs/mosquitto.ts";
import { serve, type TestServer } from "../daemon/courier/http/servers.ts";
import { getJson } from "../../scripts/rigs/person.ts";

const wait = { timeout: 60_000, interval: 100 };
let broker: Mosquitto;
let home: Subscriber;
let phone: TestServer;
let daemon: Daemon;
const notifications: string[] = [];

beforeAll(async () => {
  broker = await startMosquitto();
  home = await broker.subscribe("#");
  const small = ["--camera.width=320", "--camera.height=180", "--camera.fps=10", "--sim.visitorsPerHour=0"];
  phone = await serve((request, response) => {
    request.on("data", (chunk: Buffer) => notifications.push(chunk.toString("utf8")));
    request.on("end", () => response.end("{}"));
  });
  const told = [`--mqtt.url=${broker.url}`, `--alerts.ntfyUrl=${phone.url}/door`];
  daemon = await startDaemon({ flags: [...small, "--button.cooldownMs=0", ...told] });
});
afterAll(async () => {
  await daemon?.stop();
  await home?.[Symbol.asyncDispose]();
  await broker?.[Symbol.asyncDispose]();
  await phone?.[Symbol.asyncDispose]();
});

const on = (name: string) => (heard: Heard) => heard.topic.endsWith(`/${name}`);
const rings = (): string[] =>
  home.heard.filter(on("ring")).map(({ text }) => (JSON.parse(text) as { event_id: string }).event_id);
const press = () => daemon.fetch("/api/sim/press", { method: "POST" });

test("Home Assistant finds the doorbell, and hears every ring once, as the page lists it", async () => {
  await home.next(on("config"));
  await home.next(({ text }) => text === "online");
  for (let i = 0; i < 20; i += 1) await press();
  await vi.waitFor(() => expect(rings().length).toBe(20), wait);
  const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?limit=50");
  const listed = events.filter(({ kind }) => kind === "ring").map(({ id }) => id);
  expect(rings().toReversed()).toEqual(listed);
  await vi.waitFor(() => expect(notifications.length).toBeGreaterThan(0), wait);
  expect(notifications[0]).toBe("Somebody rang.");
});

test("the state follows the door: nobody watches, somebody watches", async () => {
  const viewer = daemon.owner.socket("/api/live");
  await home.next((heard) => on("state")(heard) && heard.text.includes('"watched":"ON"'));
  viewer.close();
  await vi.waitFor(() => {
    const last = home.heard.findLast(on("state"));
    expect(last?.text).toContain('"watched":"OFF"');
  }, wait);
});

test("a ring arrives with the eye stopped, and after a courier that was killed", async () => {
  const before = rings().length;
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    await press();
    await vi.waitFor(() => expect(rings().length).toBe(before + 1), wait);
  } finally {
    process.kill(eye, "SIGCONT");
  }
  const status = await home.next(on("status"));
  expect(status.text).toBe("online");
  process.kill(await daemon.pid("courier"), "SIGKILL");
  await home.next((heard) => on("status")(heard) && heard.text === "offline");
  await press();
  await vi.waitFor(() => expect(rings().length).toBe(before + 2), wait);
});

test("a broker that dies is on the status page, holds nobody up, and is told everything when it is back", async () => {
  await broker.stop();
  await vi.waitFor(async () => {
    const { mqtt } = await getJson<Status>(daemon, "/api/status");
    expect(mqtt).toMatchObject({ connected: false, fault: { kind: "unavailable" } });
  }, wait);
  expect((await press()).ok).toBe(true);
  await broker.start();
  await using again = await broker.subscribe("#");
  await again.next(on("config"));
  await again.next(on("state"));
  await vi.waitFor(async () => {
    const { mqtt } = await getJson<Status>(daemon, "/api/status");
    expect(mqtt).toEqual({ connected: true });
  }, wait);
});
