/**
 * Runtime limits: what onnxruntime 1.30 runs, measured (test/models/onnx/runtime-limits.test.ts asks the library).
 *
 * The newest opset and format are what it refuses beyond; the oldest opset is what its makers promise
 * (onnxruntime.ai, "Compatibility": opset 7 and higher).
 */
export const minOpset = 7;
export const maxOpset = 26;
export const maxIrVersion = 13;

/** Operations that it brings: ONNX, ONNX-ML and its own. */
export const runtimeDomains: readonly string[] = ["", "ai.onnx.ml", "com.microsoft"];

const mb = 1024 * 1024;

/**
 * All that a model answers to one picture, since the eye holds it whole. A detector of 1280x1280 with 80 classes gives
 * 11 MB (YOLOv8); YOLOv5's 34 MB are too many.
 */
export const mostAnswerBytes = 32 * mb;

/** The largest file for a machine with that much memory: a model takes two to four times its size, and others live there. */
export function modelLimitBytes(memoryBytes: number): number {
  return Math.min(256 * mb, Math.max(8 * mb, Math.floor(memoryBytes / 16)));
}
