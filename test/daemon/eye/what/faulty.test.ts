/**
 * Whatever a detector answers, and whatever breaks behind it: the events are those of motion alone, and it is said.
 */
import { expect, test } from "vitest";
import { createPorch } from "../../../../hal/sim/porch/porch.ts";
import type { Detector, Found } from "../../../../models/detector.ts";
import { porchDetector } from "./porch-detector.ts";
import { runPorch, type Run, type RunOptions } from "../../../../scripts/rigs/porch-run.ts";

const size = { width: 320, height: 180 };
const porch = createPorch({ light: "day", rain: "off", seed: 1 }, size);
const stretch: RunOptions = { fps: 5, fromMs: 10_000, toMs: 35_000 };
const alone = await startsWith(null);

function detecting(detect: Detector["detect"]): Detector {
  return { name: "faulty", detect, close: async () => {} };
}

async function startsWith(detector: Detector | null, options: Partial<RunOptions> = {}) {
  const run = await runPorch(porch, detector, { ...stretch, ...options });
  return { starts: run.events.map(({ startMs }) => startMs), frames: run.frames, stage: whatOf(run) };
}

function whatOf({ stages }: Run) {
  return stages.list().find(({ name }) => name === "what");
}

const absurd = (answer: unknown): Detector["detect"] => {
  return async () => answer as readonly Found[];
};

test.each<[string, Detector["detect"]]>([
  [
    "throws at once",
    () => {
      throw new Error("no such detector");
    },
  ],
  ["fails", async () => Promise.reject(new Error("no such detector"))],
  ["answers with nothing at all", absurd(null)],
  ["answers with what is no thing", absurd([null])],
  ["answers with a thing that is nowhere", absurd([{ label: "person", score: 0.9 }])],
])("a detector that %s is asked again and again, and costs words", async (_, detect) => {
  const { starts, frames, stage } = await startsWith(detecting(detect));
  expect(alone.starts).not.toEqual([]);
  expect({ starts, frames }).toEqual({ starts: alone.starts, frames: alone.frames });
  expect(stage?.lastError).toEqual(expect.any(String));
  expect(stage?.dropped).toBeGreaterThan(3);
});

test("figures that are none, labels that nobody knows and things without end are no answers", async () => {
  for (const one of [
    { label: "person", score: Number.NaN, box: [0, 0, 9, 9] },
    { label: "person", score: 0.9, box: [Number.NaN, 0, Infinity, 9] },
    { label: "dragon", score: 0.9, box: [0, 0, 320, 180] },
  ]) {
    const answer = Array.from({ length: 1_000 }, () => one);
    expect((await startsWith(detecting(absurd(answer)))).starts).toEqual(alone.starts);
  }
});

test("where the stage itself breaks it is off, and frames and events go on", async () => {
  let heard = 0;
  const fails = (): never => {
    heard += 1;
    throw new Error("nobody hears");
  };
  const { starts, frames, stage } = await startsWith(porchDetector(porch), { heard: fails });
  expect({ starts, frames, heard }).toEqual({ starts: alone.starts, frames: alone.frames, heard: 1 });
  expect(stage?.lastError).toContain("nobody hears");
});
