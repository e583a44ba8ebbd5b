/**
 * The model that ships: its files belong together, it says the same every time, and it is still as good as its
 * card says. The last needs ../shared/traindata and Debian's python3-opencv; it says so and is skipped without.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { checkModel } from "../../models/check.ts";
import { labels } from "../../models/labels.ts";
import { readManifest } from "../../models/manifest-file.ts";
import { inputDims } from "../../models/manifest-input.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "models/shipped");
const text = readFileSync(join(folder, "sill-what.json"), "utf8");
const manifest = readManifest(text, "sill-what.json");
const file = readFileSync(join(folder, manifest.file));

describe("the shipped model", () => {
  test("is the file that its manifest names, and small", () => {
    expect(createHash("sha256").update(file).digest("hex")).toBe(manifest.sha256);
    expect(file.length).toBe(manifest.bytes);
    expect(() => checkModel(manifest, file, 1_000_000)).not.toThrow();
    expect(file.length).toBeLessThanOrEqual(1_000_000);
  });

  test("speaks our five words, each for itself", () => {
    expect(manifest.labels).toEqual([...labels]);
    expect(manifest.map).toEqual(Object.fromEntries(labels.map((label) => [label, label])));
    expect(manifest.task).toBe("classify");
  });
});

/** A picture from a formula: NCHW, 0..255. */
function drawn(of: (x: number, y: number, channel: number) => number): Float32Array {
  const { width, height } = manifest.input;
  return Float32Array.from({ length: 3 * width * height }, (_, at) => {
    const rest = at % (width * height);
    return Math.min(
      255,
      Math.max(0, of(rest % width, Math.floor(rest / width), Math.floor(at / (width * height)))),
    );
  });
}

const pictures = {
  black: drawn(() => 0),
  white: drawn(() => 255),
  grey: drawn(() => 110),
  slope: drawn((x, y) => x * 2 + y),
  stripes: drawn((x, _, channel) => (Math.floor(x / 4) % 2) * 120 + channel * 30),
};

async function scoresOf(picture: Float32Array): Promise<number[]> {
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1 });
  try {
    const result = await session.run({
      image: new ort.Tensor("float32", picture, inputDims(manifest.input)),
    });
    const data = result["scores"]?.data;
    if (!(data instanceof Float32Array)) throw new Error("no scores of type float32");
    return [...data];
  } finally {
    await session.release();
  }
}

describe("the shipped model, run", () => {
  test.each(Object.entries(pictures))("says the same of %s twice, in numbers", async (_, data) => {
    const first = await scoresOf(data);
    expect(first).toHaveLength(labels.length);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(await scoresOf(data)).toEqual(first);
  });

  test.each(["black", "white", "grey"] as const)("sees nothing that matters in %s", async (name) => {
    const scores = await scoresOf(pictures[name]);
    expect(labels[scores.indexOf(Math.max(...scores))]).toBe("other");
  });
});

const python = "/usr/bin/python3";
const ready =
  existsSync(join(root, "../shared/traindata/motion80.csv")) &&
  spawnSync(python, ["-c", "import cv2, numpy"]).status === 0;
if (!ready)
  process.stderr.write(
    "accuracy of the shipped model: skipped, ../shared/traindata or python3-opencv is not here\n",
  );

/** A hundredth below the card's figures: other processors round a little differently. */
const floors = {
  personF1: 0.885,
  personRecallAt5: 0.92,
  runningMacro: 0.905,
  trackMacro: 0.85,
  animal: 0.63,
};

interface Measured {
  readonly motion: {
    readonly personF1: number;
    readonly personRecallAt5: number;
    readonly runningMacro: number;
    readonly trackMacro: number;
  };
  readonly test: { readonly recall: Readonly<Record<string, number>> };
}

test.skipIf(!ready)("the shipped model is as good as its card says", () => {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
  const script = join(root, "scripts/train/evaluate.py");
  const run = spawnSync(python, [script, join(folder, manifest.file)], { encoding: "utf8", env });
  expect(run.stderr).toBe("");
  const { motion, test: split } = JSON.parse(run.stdout) as Measured;
  expect(motion.personF1).toBeGreaterThanOrEqual(floors.personF1);
  expect(motion.personRecallAt5).toBeGreaterThanOrEqual(floors.personRecallAt5);
  expect(motion.runningMacro).toBeGreaterThanOrEqual(floors.runningMacro);
  expect(motion.trackMacro).toBeGreaterThanOrEqual(floors.trackMacro);
  expect(split.recall["animal"]).toBeGreaterThanOrEqual(floors.animal);
});
