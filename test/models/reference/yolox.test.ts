/**
 * A third-party YOLOX file against an independent way through it: OpenCV's dnn, colours, scaling and suppression.
 *
 * Needs ../shared/models, footage and traindata, ffmpeg and Debian's python3-opencv; says so and is skipped without.
 *
 * The two see slightly different pictures: OpenCV takes the nearest chroma sample and rounds before it scales, we scale
 * first and round nothing (a mean of 0.1 to 1.1 of 255). Measured on these pictures: boxes overlap by 0.965 (one of 15x8
 * pixels) to 0.999, scores differ by at most 0.017. Allowed: 0.95 and 0.025.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BoxPx } from "../../../hal/geometry.ts";
import { Decoder } from "../../../models/decode/decoder.ts";
import { overlapOf } from "../../../models/decode/nms.ts";
import { Input } from "../../../models/input/input.ts";
import { labels } from "../../../models/labels.ts";
import { labelsByClass } from "../../../models/manifest.ts";
import { manifestLike } from "../../../models/manifests/like.ts";
import { frameFrom } from "../frames.ts";
import { openModel, type RunningModel } from "../onnx/answers.ts";
import { boxedPictures, footagePictures, porchPictures, shared, type Shown } from "./pictures.ts";

const model = join(shared, "models/yolox_nano.onnx");
const python = "/usr/bin/python3";
const missing = [
  ...[model, join(shared, "footage"), join(shared, "traindata")].filter((path) => !existsSync(path)),
  ...(spawnSync("ffmpeg", ["-version"]).status === 0 ? [] : ["ffmpeg"]),
  ...(spawnSync(python, ["-c", "import cv2"]).status === 0 ? [] : ["python3-opencv"]),
];
if (missing.length > 0)
  process.stderr.write(`models against OpenCV: skipped, not here: ${missing.join(", ")}\n`);

/** As OpenCV's I420 conversion has it. */
const colours = { matrix: "bt601", range: "limited" } as const;
const least = 0.3;
const tolerance = { overlap: 0.95, score: 0.025 };

interface Box {
  readonly label: string;
  readonly score: number;
  readonly box: BoxPx;
}

/** Those that are clearly above the threshold, and have no partner on the other side. */
function alone(from: readonly Box[], to: readonly Box[]): Box[] {
  const corners = ([x, y, w, h]: BoxPx) => [x, y, x + w, y + h] as const;
  return from.filter(
    (one) =>
      one.score >= least + tolerance.score &&
      !to.some(
        (other) =>
          other.label === one.label &&
          Math.abs(other.score - one.score) <= tolerance.score &&
          overlapOf(corners(other.box), corners(one.box)) >= tolerance.overlap,
      ),
  );
}

describe.skipIf(missing.length > 0)("YOLOX-nano, brought by somebody", () => {
  let folder = "";
  const file = missing.length > 0 ? new Uint8Array(0) : new Uint8Array(readFileSync(model));
  let shown: Shown[] = [];
  let wanted: Box[][] = [];
  let seen: Uint8Array = new Uint8Array(0);
  let running: RunningModel;

  const manifest = () => {
    const like = manifestLike("yolox", file, { name: "yolox-nano", file: "yolox_nano.onnx" });
    return { ...like, thresholds: Object.fromEntries(labels.map((label) => [label, least])) };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sill-yolox-"));
    shown = [...porchPictures(), ...footagePictures(), ...boxedPictures(160)];
    const sizes = shown.map(({ width, height }) => [width, height]);
    const groups = labelsByClass(manifest()).map((label) => (label === null ? -1 : labels.indexOf(label)));
    const [pictures, about, inputs] = ["pictures.bin", "about.json", "inputs.bin"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(pictures, Buffer.concat(shown.map(({ i420 }) => i420)));
    writeFileSync(about, JSON.stringify({ sizes, groups }));
    const script = join(import.meta.dirname, "yolox.py");
    const { stdout, stderr, status } = spawnSync(python, [script, model, pictures, about, inputs], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const told = JSON.parse(stdout) as [number, number, number, number, number, number][][];
    wanted = told.map((boxes) =>
      boxes.map(([group, score, ...box]) => ({ label: labels[group] ?? "", score, box })),
    );
    seen = new Uint8Array(readFileSync(inputs));
    running = await openModel(manifest(), file);
  });
  afterAll(async () => {
    await running?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  test("gives the boxes that OpenCV gives, on porch, footage and pictures", async () => {
    const decoder = new Decoder(manifest());
    const input = new Input(manifest().input);
    let boxes = 0;
    for (const [at, picture] of shown.entries()) {
      const frame = frameFrom(picture, picture.i420);
      const region: BoxPx = [0, 0, picture.width, picture.height];
      const placement = input.fill(frame, region, colours);
      const found = decoder.decode(await running.answer(input), { frame, region, placement });
      const theirs = wanted[at] ?? [];
      expect
        .soft({ picture: picture.name, ours: alone(found, theirs), theirs: alone(theirs, found) })
        .toEqual({ picture: picture.name, ours: [], theirs: [] });
      boxes += theirs.length;
    }
    expect(boxes).toBeGreaterThan(10);
  });

  test("sees the pictures that OpenCV sees, but for the rounding of colours", () => {
    const input = new Input(manifest().input);
    const pixels = input.data.length / 3;
    for (const [at, picture] of shown.entries()) {
      const frame = frameFrom(picture, picture.i420);
      input.fill(frame, [0, 0, picture.width, picture.height], colours);
      const theirs = seen.subarray(at * input.data.length, (at + 1) * input.data.length);
      let apart = 0;
      for (const [index, value] of theirs.entries())
        apart += Math.abs(value - (input.data[(index % 3) * pixels + Math.floor(index / 3)] ?? 0));
      expect.soft(apart / theirs.length, picture.name).toBeLessThan(1.5);
    }
  });
});
