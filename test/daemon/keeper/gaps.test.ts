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
