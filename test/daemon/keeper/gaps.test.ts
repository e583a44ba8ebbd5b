import { expect, test } from "vitest";
import { Gaps, inWords, patienceMs } from "../../../daemon/keeper/gaps.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

function watch() {
  const clock = new SimClock();
  const told: string[] = [];
  return { clock, told, gaps: new Gaps({ clock, note: ({ detail }) => told.push(detail) }) };
}

test("a start tells for how long nothing ran", () => {
  const { clock, told, gaps } = watch();
  gaps.keeperStarted(null);
  gaps.keeperStarted(clock.wallMs() - 3 * 3_600_000);
  gaps.keeperStarted(clock.wallMs() + 60_000);
  expect(told).toEqual([
    "it was not running for 3 h",
    "it was not running for a time that the clock does not tell",
  ]);
});

test("an eye that stays away is told, and again when it is back; a short absence is not", async () => {
  const { clock, told, gaps } = watch();
  gaps.eyeLeft();
  await clock.advance(patienceMs - 1);
  gaps.eyeArrived();
  await clock.advance(patienceMs);
  expect(told).toEqual([]);
  gaps.eyeLeft();
  await clock.advance(5 * 60_000);
  gaps.eyeArrived();
  expect(told).toEqual([
    "the camera's process is not running: nothing is recorded",
    "nothing was recorded for 5 min",
  ]);
});

test("a camera without a picture is told as an eye that stays away is, once however often it is tried", async () => {
  const { clock, told, gaps } = watch();
  gaps.cameraIs("running");
  gaps.cameraIs("stalled");
  await clock.advance(patienceMs - 1);
  gaps.cameraIs("running");
  await clock.advance(patienceMs);
  expect(told).toEqual([]);
  for (let i = 0; i < 120; i += 1) {
    gaps.cameraIs(i % 2 === 0 ? "failed" : "opening");
    await clock.advance(1_000);
  }
  gaps.cameraIs("running");
  gaps.cameraIs("running");
  expect(told).toEqual([
    "the camera gives no picture: nothing is recorded",
    "nothing was recorded for 2 min",
  ]);
});

test("an eye that leaves while its camera is lost is one gap", async () => {
  const { clock, told, gaps } = watch();
  gaps.cameraIs("failed");
  await clock.advance(60_000);
  gaps.eyeLeft();
  await clock.advance(60_000);
  gaps.eyeArrived();
  expect(told).toEqual([
    "the camera gives no picture: nothing is recorded",
    "nothing was recorded for 2 min",
  ]);
});

test.each([
  [59_999, "less than a minute"],
  [60_000, "1 min"],
  [3_600_000, "1 h"],
  [3_600_000 * 3 + 60_000 * 20, "3 h 20 min"],
  [86_400_000, "1 d"],
  [86_400_000 * 2 + 3_600_000 * 4, "2 d 4 h"],
])("%d ms are %s", (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
