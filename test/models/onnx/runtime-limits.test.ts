import { InferenceSession } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { maxIrVersion, maxOpset, minOpset } from "../../../models/runtime-limits.ts";
import { writeOnnx, type Graph } from "./writer.ts";

/** Whether the real library takes a model of this version. */
async function runs(version: Partial<Graph>): Promise<boolean> {
  const file = writeOnnx({
    inputs: [{ name: "x", dims: [1] }],
    outputs: [{ name: "y", dims: [1] }],
    nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"] }],
    ...version,
  });
  try {
    const session = await InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    await session.release();
    return true;
  } catch {
    return false;
  }
}

describe("what is said of onnxruntime is what it does", () => {
  test.each([
    ["the oldest opset", { opset: minOpset }, true],
    ["the newest opset", { opset: maxOpset }, true],
    ["one opset newer", { opset: maxOpset + 1 }, false],
    ["the newest format", { irVersion: maxIrVersion }, true],
    ["one format newer", { irVersion: maxIrVersion + 1 }, false],
  ])("%s", async (_, version, expected) => {
    expect(await runs(version)).toBe(expected);
  });
});
