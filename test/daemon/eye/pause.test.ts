import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { pause } from "../../../daemon/eye/pause.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

test("ends after its time, and leaves no listener on a signal that lives for years", async () => {
  const [clock, stop] = [new SimClock(), new AbortController()];
  let ended = 0;
  const over = pause(clock, 1_000, stop.signal).then(() => (ended = clock.monoMs()));
  await clock.advance(2_000);
  await over;
  expect([ended, getEventListeners(stop.signal, "abort")]).toEqual([1_000, []]);
});

test("ends at once when stopped, before or while it waits", async () => {
  const [clock, stop] = [new SimClock(), new AbortController()];
  const over = pause(clock, 1_000, stop.signal);
  stop.abort();
  await over;
  await pause(clock, 1_000, stop.signal);
  expect(clock.monoMs()).toBe(0);
});
