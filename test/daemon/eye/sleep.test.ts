import { expect, test } from "vitest";
import { Sleep } from "../../../daemon/eye/sleep.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const quietMs = 20_000;

function sleepy(enabled = true) {
  const clock = new SimClock();
  const sleep = new Sleep({ clock, enabled, quietMs });
  const stop = new AbortController();
  return { clock, sleep, stop };
}

test("sleeps when nothing has happened for long enough, and not before", async () => {
  const { clock, sleep } = sleepy();
  sleep.pir("quiet");
  await clock.advance(quietMs - 1);
  expect(sleep.maySleep).toBe(false);
  await clock.advance(1);
  expect(sleep.maySleep).toBe(true);
  sleep.stir();
  expect(sleep.maySleep).toBe(false);
});

test("never sleeps unless it was asked to, nor without a PIR that can be asked", async () => {
  const awake = sleepy(false);
  awake.sleep.pir("quiet");
  await awake.clock.advance(10 * quietMs);
  expect(awake.sleep.maySleep).toBe(false);
  for (const state of ["unknown", "active"] as const) {
    const { clock, sleep } = sleepy();
    sleep.pir(state);
    await clock.advance(10 * quietMs);
    expect(sleep.maySleep).toBe(false);
  }
});

test("does not sleep while somebody watches", async () => {
  const { clock, sleep } = sleepy();
  sleep.pir("quiet");
  sleep.watch("live", true);
  await clock.advance(10 * quietMs);
  expect(sleep.maySleep).toBe(false);
  sleep.watch("live", false);
  expect(sleep.maySleep).toBe(true);
});

test.each<[string, (sleep: Sleep) => void, string]>([
  ["an edge", (sleep) => sleep.pir("active"), "pir"],
  ["a lost sensor", (sleep) => sleep.pir("unknown"), "uncertain"],
  ["a press", (sleep) => sleep.ask(), "asked"],
  ["a viewer", (sleep) => sleep.watch("live", true), "asked"],
])("%s wakes it", async (_name, wake, cause) => {
  const { clock, sleep, stop } = sleepy();
  sleep.pir("quiet");
  await clock.advance(quietMs);
  const woken = sleep.sleep(stop.signal);
  expect(sleep.asleep).toBe(true);
  wake(sleep);
  expect(await woken).toBe(cause);
  expect([sleep.asleep, sleep.maySleep]).toEqual([false, false]);
});

test("a stop ends the sleep", async () => {
  const { sleep, stop } = sleepy();
  const woken = sleep.sleep(stop.signal);
  stop.abort();
  expect(await woken).toBeNull();
});

test("a sensor that falls while the camera sleeps does not wake it", async () => {
  const { sleep, stop } = sleepy();
  const woken = sleep.sleep(stop.signal);
  sleep.pir("quiet");
  expect(sleep.asleep).toBe(true);
  stop.abort();
  await woken;
});
