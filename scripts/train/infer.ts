/**
 * Runs a classifier over raw crops, for the recipe's Python, which has no onnxruntime:
 * `node infer.ts MODEL.onnx IN.bin OUT.bin`. IN: uint8 RGB, NCHW, one crop after another; OUT: float32 scores.
 * Prints one line of JSON: how many, and milliseconds for one crop on one thread (median).
 */
import { readFileSync, writeFileSync } from "node:fs";

// before it is loaded: it would tell its makers what it runs (models/runner/command.ts)
process.env["ORT_DISABLE_TELEMETRY"] = "1";
const ort = await import("onnxruntime-node");

const [model, input, output] = process.argv.slice(2);
if (model === undefined || input === undefined || output === undefined)
  throw new Error("usage: node infer.ts MODEL.onnx IN.bin OUT.bin");
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
});
const meta = session.inputMetadata[0];
if (meta === undefined || !meta.isTensor) throw new Error(`${model} has no picture input`);
const dims = meta.shape.map((side) => (typeof side === "number" ? side : 1));
const size = dims.reduce((product, side) => product * side, 1);
const bytes = readFileSync(input);
const count = Math.floor(bytes.length / size);
const scores: Float32Array[] = [];
const times: number[] = [];
for (let at = 0; at < count; at += 1) {
  const data = Float32Array.from(bytes.subarray(at * size, (at + 1) * size));
  const began = performance.now();
  const result = await session.run({ [meta.name]: new ort.Tensor("float32", data, dims) });
  times.push(performance.now() - began);
  const [first] = Object.values(result);
  if (first === undefined || !(first.data instanceof Float32Array)) throw new Error("no float32 output");
  scores.push(Float32Array.from(first.data));
}
writeFileSync(output, Buffer.concat(scores.map(({ buffer }) => Buffer.from(buffer))));
times.sort((a, b) => a - b);
process.stdout.write(
  `${JSON.stringify({ count, ms: Number((times[times.length >> 1] ?? 0).toFixed(3)) })}\n`,
);
