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

/** The largest file for a machine with that much memory: a model takes two to four times its size, and others live there. */
export function modelLimitBytes(memoryBytes: number): number {
  return Math.min(256 * mb, Math.max(8 * mb, Math.floor(memoryBytes / 16)));
}
