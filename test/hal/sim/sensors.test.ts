import { expect, test } from "vitest";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import { porchScript } from "../../../hal/sim/porch/script.ts";
import { completeSettings } from "../../../hal/sim/porch/settings.ts";
import { simButton, simPir } from "../../../hal/sim/sensors.ts";

const porch = { seed: 5, visitorsPerHour: 60 };
const script = porchScript(completeSettings(porch));
const minuteMs = 60_000;

test("the button plays the porch's presses at their times", async () => {
  const clock = new SimClock();
  await using button = simButton({ clock, porch, epochWallMs: simEpochWallMs });
  const heard: number[] = [];
  button.onPress(({ wallMs }) => heard.push(wallMs - simEpochWallMs));
  await clock.advance(10 * minuteMs);
  expect(heard.length).toBeGreaterThan(6);
  expect(heard).toEqual(script.presses(0, 10 * minuteMs));
});

test("a button opened later joins the porch and does not repeat what was before", async () => {
  const clock = new SimClock(simEpochWallMs + 3 * minuteMs);
  await using button = simButton({ clock, porch, epochWallMs: simEpochWallMs });
  const heard: number[] = [];
  button.onPress(({ monoMs }) => heard.push(monoMs + 3 * minuteMs));
  await clock.advance(4 * minuteMs);
  expect(heard).toEqual(script.presses(3 * minuteMs, 7 * minuteMs));
});

test("the PIR plays the porch's edges, and its level is right from the start", async () => {
  const clock = new SimClock(simEpochWallMs + 15_000);
  await using pir = simPir({ clock, porch, epochWallMs: simEpochWallMs });
  const heard: [number, boolean][] = [];
  pir.onEdge(({ monoMs, active }) => heard.push([monoMs + 15_000, active]));
  expect(pir.active).toBe(script.pirActiveAt(15_000));
  await clock.advance(10 * minuteMs);
  const planned = script.pirEdges(15_000, 15_000 + 10 * minuteMs);
  expect(heard).toEqual(planned.map(({ atMs, active }) => [atMs, active]));
});

test("a correction of the wall clock neither repeats nor skips a press", async () => {
  const clock = new SimClock();
  await using button = simButton({ clock, porch, epochWallMs: simEpochWallMs });
  const heard: number[] = [];
  button.onPress(({ monoMs }) => heard.push(monoMs));
  await clock.advance(2 * minuteMs);
  clock.stepWall(-minuteMs);
  await clock.advance(2 * minuteMs);
  expect(heard).toEqual(script.presses(0, 4 * minuteMs));
});

test("a button that was lost stays silent", async () => {
  const clock = new SimClock();
  await using button = simButton({ clock, porch, epochWallMs: simEpochWallMs });
  const heard: unknown[] = [];
  button.onPress((press) => heard.push(press));
  button.onLost((fault) => heard.push(fault.message));
  await button.lose();
  await clock.advance(minuteMs);
  expect(heard).toEqual(["simulated button was unplugged"]);
});
