/** Manifests for tests: one of each task, and what may be written in their place. */
import { manifestFrom } from "../../models/manifest-file.ts";
import type { Manifest } from "../../models/manifest.ts";

export const classifier = {
  format: 1,
  name: "what",
  file: "what.onnx",
  sha256: "0".repeat(64),
  bytes: 1000,
  licence: "Apache-2.0",
  trained: "by a test, on nothing",
  task: "classify",
  input: { width: 64, height: 64, channels: "rgb", fit: "square", context: 1.2, scale: 1 / 255 },
  output: { decode: "softmax" },
  labels: ["person", "car", "leaf"],
  map: { person: "person", car: "vehicle", leaf: "other" },
};

export const detector = {
  ...classifier,
  name: "boxes",
  file: "boxes.onnx",
  task: "detect",
  input: { width: 416, height: 416, channels: "bgr", fit: "letterbox" },
  output: { decode: "yolox" },
  labels: ["person", "bicycle", "car"],
  map: { person: "person", car: "vehicle" },
};

/** A whole manifest: `base` with `changes` laid over its first level. */
export function manifestOf(base: object, changes: object = {}): Manifest {
  return manifestFrom({ ...base, ...changes }, "test.json");
}
