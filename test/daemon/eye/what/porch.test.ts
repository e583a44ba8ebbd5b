/**
 * A courier's and an owner's morning at the simulated porch, through the eye's own mask, motion and event machine.
 *
 * The detector reads the porch's truth (porch-detector.ts) and is wrong in one answer of eight.
 */
import { describe, expect, test } from "vitest";
import { createPorch } from "../../../../hal/sim/porch/porch.ts";
import type { PorchSettings } from "../../../../hal/sim/porch/settings.ts";
import { porchDetector } from "./porch-detector.ts";
import { runPorch, type RunEvent, type RunOptions } from "../../../../scripts/rigs/porch-run.ts";

const size = { width: 320, height: 180 };

async function morning(settings: PorchSettings, options: RunOptions): Promise<readonly RunEvent[]> {
  const porch = createPorch({ light: "day", rain: "off", ...settings }, size);
  const { events } = await runPorch(porch, porchDetector(porch), { fps: 8, ...options });
  return events;
}

function labelsOf({ what }: RunEvent): string[] {
  return (what?.what ?? []).map(({ label }) => label);
}

function happenings({ what }: RunEvent): string[] {
  return (what?.happenings ?? []).map(({ kind }) => kind);
}

describe("seed 1, the first minutes", () => {
  test("a visitor, a cat, a courier who leaves a parcel, and who takes it in: an event each", async () => {
    const events = await morning({ seed: 1 }, { fromMs: 0, toMs: 170_000 });
    expect(events.map((event) => labelsOf(event)[0])).toEqual([
      "person",
      "animal",
      expect.anything(),
      "person",
    ]);
    const [visitor, cat, courier, resident] = events as [RunEvent, RunEvent, RunEvent, RunEvent];
    expect(happenings(visitor)).toEqual(["crossed"]);
    expect(happenings(cat)).toEqual([]);
    expect(labelsOf(courier).toSorted()).toEqual(["parcel", "person"]);
    expect(happenings(courier)).toEqual(["crossed", "parcel-left"]);
    expect(happenings(resident)).toEqual(["parcel-taken"]);
  });
});

test("who stands at the door for a minute is one event; with a button that nobody pressed, he waits and loiters", async () => {
  const stretch = { fromMs: 0, toMs: 84_000 };
  const rung = await morning({ seed: 3, visitor: "still", scene: "garden" }, stretch);
  expect(rung.map(happenings)).toEqual([["crossed"]]);
  const unheard = await morning({ seed: 3, visitor: "still", scene: "garden" }, { ...stretch, deaf: true });
  expect(unheard.map(happenings)).toEqual([["crossed", "waiting", "loitering"]]);
});

test("with nobody to ask, the events are those of motion alone, and nothing is said of them", async () => {
  const porch = createPorch({ light: "day", rain: "off", seed: 1 }, size);
  const { events, stages } = await runPorch(porch, null, { fps: 8, fromMs: 0, toMs: 45_000 });
  expect(events.map(({ what }) => what)).toEqual([null]);
  expect(stages.list().some(({ name }) => name === "what")).toBe(false);
});

test("zones in which somebody moves later are told while the event goes on, with a model and without one", async () => {
  const porch = createPorch({ light: "day", rain: "off", seed: 1 }, size);
  const band = (name: string, top: number, low: number) => ({
    name,
    polygon: [
      [0, top],
      [1, top],
      [1, low],
      [0, low],
    ],
  });
  const settings = {
    motion: { zones: [band("far", 0, 0.5), band("middle", 0.5, 0.7), band("near", 0.7, 1)] },
  };
  for (const detector of [porchDetector(porch), null]) {
    const { events } = await runPorch(porch, detector, { fps: 5, fromMs: 10_000, toMs: 35_000, settings });
    const [event] = events;
    expect(event?.zones[1].length).toBeGreaterThan(event?.zones[0].length ?? 0);
    expect(event?.later).toEqual(event?.zones[1]);
  }
});
