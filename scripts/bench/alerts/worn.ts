/**
 * Worn: presses of a button that bounces for 60 ms, each pressed twice within half a second: one ring for each.
 *
 * The real keeper in simulated time, so that ten thousand visitors need no day; courier, broker and subscriber are real
 * and in real time. A subscriber is waited for after every few presses: no queue is longer than in a real house.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { settingsSchema } from "../../../config/schema.ts";
import { openCourier } from "../../../daemon/courier/courier.ts";
import { openKeeper } from "../../../daemon/keeper/keeper.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { systemClock } from "../../../hal/clock.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { simButton, simChime, simLight, simPir } from "../../../hal/sim/sensors.ts";
import { startMosquitto } from "../../rigs/mosquitto.ts";

const atOnce = 25;
const doubledMs = 450;
const nextMs = 5_000;
const patienceMs = 30_000;

export interface Worn {
  readonly pressed: number;
  /** What debounce made of them: more, because it is worn and pressed twice. */
  readonly contacts: number;
  /** Rings that a subscriber of the broker heard, each counted once. */
  readonly heard: number;
  readonly twice: number;
  readonly ms: number;
}

export async function wornPresses(count: number): Promise<Worn> {
  await using stack = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), "sill-worn-"));
  stack.defer(() => rm(data, { recursive: true, force: true }));
  const broker = stack.use(await startMosquitto());
  const home = stack.use(await broker.subscribe("sill/+/ring"));
  const online = stack.use(await broker.subscribe("sill/+/status"));
  const settings = settingsSchema.parse({
    data,
    web: { port: 0 },
    storage: { minFreeMb: 0 },
    mqtt: { url: broker.url },
  });
  const clock = new SimClock();
  const button = simButton({ clock, fault: "button-bounces" });
  const drivers = {
    button: { open: async () => button },
    pir: { open: async () => simPir({ clock }) },
    chime: { open: async () => simChime({ clock }) },
    light: { open: async () => simLight() },
  };
  const log = pino({ level: "silent" });
  const epochWallMs = clock.wallMs();
  const keeper = stack.use(
    await openKeeper({ settings, epochWallMs, clock, log, drivers, webRoot: "/nonexistent" }),
  );
  stack.use(openCourier({ settings, socketPath: dataPaths(data).courierSocket, clock: systemClock }));
  await online.next(({ text }) => text === "online");

  const events = (): Set<string> =>
    new Set(home.heard.map(({ text }) => (JSON.parse(text) as { event_id: string }).event_id));
  const startMs = performance.now();
  for (let pressed = 1; pressed <= count; pressed += 1) {
    for (const waitMs of [doubledMs, nextMs]) {
      void button.press();
      await clock.advance(waitMs);
    }
    if (pressed % atOnce === 0 || pressed === count) await until(() => home.heard.length >= pressed);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // what is told twice comes after
  const ids = events();
  return {
    pressed: count,
    contacts: keeper.status().stages.find(({ name }) => name === "button")?.in ?? 0,
    heard: ids.size,
    twice: home.heard.length - ids.size,
    ms: performance.now() - startMs,
  };
}

/** Or until nobody would wait any longer: then something is lost, and counted. */
async function until(isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (!isSo() && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 2));
}
