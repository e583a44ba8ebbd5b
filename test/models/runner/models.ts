/**
 * Models for tests of the runner: a few nodes each, whose answers are known, and some that misbehave.
 *
 * All take one picture of 8x8. The classifier says by the colour: its scores are the means of red, green and blue.
 */
import { createHash } from "node:crypto";
import type { Manifest } from "../../../models/manifest.ts";
import type { LoadWords } from "../../../models/runner/words.ts";
import { classifier, manifestOf } from "../manifests.ts";
import { attribute, constant, initializer, writeOnnx, type Graph, type Node } from "../onnx/writer.ts";

export const side = 8;

const inputs = [{ name: "picture", dims: [1, 3, side, side] }];
const outputs = [{ name: "scores", dims: [1, 3] }];
const means: Node = { op: "GlobalAveragePool", inputs: ["picture"], outputs: ["means"] };
const flat: Node = { op: "Flatten", inputs: ["means"], outputs: ["flat"] };

function file(nodes: readonly Node[], more: Partial<Graph> = {}): Uint8Array {
  return writeOnnx({ inputs, outputs, nodes: [means, flat, ...nodes], ...more });
}

const identity: Node = { op: "Identity", inputs: ["flat"], outputs: ["scores"] };

/** The body of a loop that changes nothing, for ever. */
const endless: Graph = {
  inputs: [
    { name: "turn", type: "int64", dims: [] },
    { name: "goes", type: "bool", dims: [] },
    { name: "before", dims: [1, 3] },
  ],
  outputs: [
    { name: "goesOn", type: "bool", dims: [] },
    { name: "after", dims: [1, 3] },
  ],
  nodes: [
    { op: "Identity", inputs: ["goes"], outputs: ["goesOn"] },
    { op: "Add", inputs: ["before", "before"], outputs: ["after"] },
  ],
};

export const files = {
  /** Means of red, green and blue, 0..1. */
  honest: () => file([identity]),
  /** Loops 2^62 times. */
  hangs: () =>
    file(
      [
        {
          op: "Loop",
          inputs: ["turns", "", "flat"],
          outputs: ["scores"],
          attributes: [attribute.graph("body", endless)],
        },
      ],
      {
        initializers: [initializer("turns", [], BigInt64Array.of(2n ** 62n))],
      },
    ),
  /** Wants 4.8 GB for an answer of three figures. */
  greedy: () =>
    file([
      constant("size", [4], BigInt64Array.of(1n, 3n, 20_000n, 20_000n)),
      { op: "Expand", inputs: ["means", "size"], outputs: ["huge"] },
      {
        op: "ReduceMax",
        inputs: ["huge"],
        outputs: ["most"],
        attributes: [attribute.ints("axes", [2, 3]), attribute.int("keepdims", 0)],
      },
      { op: "Identity", inputs: ["most"], outputs: ["scores"] },
    ]),
  /** 3 x 1800 x 1800 figures. */
  long: () =>
    file(
      [
        constant("size", [4], BigInt64Array.of(1n, 3n, 1_800n, 1_800n)),
        { op: "Expand", inputs: ["means", "size"], outputs: ["scores"] },
      ],
      { outputs: [{ name: "scores", dims: [null, null, null, null] }] },
    ),
  /** 0 / 0. */
  nan: () =>
    file([
      { op: "Sub", inputs: ["flat", "flat"], outputs: ["nothing"] },
      { op: "Div", inputs: ["nothing", "nothing"], outputs: ["scores"] },
    ]),
  /** NaN where the picture is not all of one colour: no warm-up shows it. */
  nanSometimes: () =>
    file([
      {
        op: "ReduceMax",
        inputs: ["picture"],
        outputs: ["most"],
        attributes: [attribute.ints("axes", [2, 3]), attribute.int("keepdims", 0)],
      },
      { op: "Sub", inputs: ["flat", "most"], outputs: ["below"] },
      constant("little", [1, 3], [0.1, 0.1, 0.1]),
      { op: "Add", inputs: ["below", "little"], outputs: ["near"] },
      { op: "Sqrt", inputs: ["near"], outputs: ["root"] },
      { op: "Mul", inputs: ["root", "flat"], outputs: ["scores"] },
    ]),
  /** A file like any other for who reads its ends: the operation does not exist. */
  unknown: () => file([{ op: "Frobnicate", inputs: ["flat"], outputs: ["scores"] }]),
  /** Shapes that do not go together; found when it runs. */
  misfit: () =>
    file([constant("two", [1, 2], [1, 2]), { op: "Add", inputs: ["flat", "two"], outputs: ["scores"] }]),
} as const;

export const words: LoadWords = {
  input: {
    name: "picture",
    type: "float32",
    dims: [1, 3, side, side],
    channels: 3,
    layout: "nchw",
    scale: 1 / 255,
    mean: [],
    std: [],
    size: null,
  },
  outputs: ["scores"],
  threads: 1,
};

/** red is a person, green a car, blue a leaf. */
export function manifestFor(bytes: Uint8Array, changes: object = {}): Manifest {
  const input = { width: side, height: side, channels: "rgb", fit: "square", context: 1, scale: 1 / 255 };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return manifestOf(classifier, {
    input,
    output: { decode: "softmax", logits: false },
    sha256,
    bytes: bytes.length,
    ...changes,
  });
}

/** One colour, in the input's order. */
export function samplesOf(red: number, green: number, blue: number): Uint8Array {
  const pixels = side * side;
  return new Uint8Array(3 * pixels).map((_, at) => [red, green, blue][Math.floor(at / pixels)] ?? 0);
}
