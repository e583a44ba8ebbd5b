import { expect, test } from "vitest";
import { Pulse } from "../../../daemon/eye/pulse.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const stallMs = 4_000;

function pulse() {
  const clock = new SimClock();
  return { clock, pulse: new Pulse(clock, stallMs) };
}

test("an eye whose camera is opened again and again is alive, however long it fails", async () => {
  const { clock, pulse: eye } = pulse();
  for (let tries = 0; tries < 50; tries += 1) {
    eye.beat();
    await clock.advance(stallMs + 10_000);
    expect(eye.trouble()).toBe(null);
  }
});

test("silence past what a camera may take is told, and over with the next frame", async () => {
  const { clock, pulse: eye } = pulse();
  await clock.advance(60_000);
  expect(eye.trouble()).toBe("neither a frame nor a failure of the camera for 60 s");
  eye.beat();
  expect(eye.trouble()).toBe(null);
});

test("an eye that has nothing to wait for is alive until it has again", async () => {
  const { clock, pulse: eye } = pulse();
  eye.rest();
  await clock.advance(24 * 3_600_000);
  expect(eye.trouble()).toBe(null);
  eye.beat();
  await clock.advance(60_000);
  expect(eye.trouble()).not.toBe(null);
});
