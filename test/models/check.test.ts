import { describe, expect, test } from "vitest";
import { checkModel, checkSize } from "../../models/check.ts";
import { modelLimitBytes } from "../../models/runtime-limits.ts";
import { detector } from "./manifests.ts";
import { manifestFor, zeros } from "./onnx/files.ts";
import { int, message, text } from "./onnx/proto.ts";
import { tensor, type Graph, type Value } from "./onnx/writer.ts";

const limit = 2 ** 20;
const picture: Value = { name: "images", dims: [1, 3, 64, 64] };
const small = { ...detector.input, width: 64, height: 64 };
const softmax = { task: "classify", input: { ...small, fit: "square" }, output: { decode: "softmax" } };
const cells = 64 + 16 + 4;

/** Checks a model of these inputs and outputs against a manifest. */
function check(
  outputs: readonly Value[],
  changes: object,
  inputs: readonly Value[] = [picture],
  more: Partial<Graph> = {},
) {
  const file = zeros(inputs, outputs, more);
  return checkModel(manifestFor(file, { ...detector, input: small }, changes), file, limit);
}

const main = (...dims: Value["dims"]): Value[] => [{ name: "out", dims }];
const three = (boxes: Value["dims"], scores: Value["dims"], classes: Value["dims"]): Value[] => [
  { name: "boxes", dims: boxes },
  { name: "scores", dims: scores },
  { name: "labels", dims: classes, type: "int64" },
];
const named = { boxes: "boxes", scores: "scores" };

describe("a file that does what its manifest says is taken", () => {
  test.each<[head: string, outputs: readonly Value[], changes: object]>([
    ["softmax", main(1, 3), softmax],
    ["yolox", main(1, cells, 8), {}],
    ["yolox with an open batch", main("batch", cells, 8), {}],
    ["yolox, decoded", main(1, 99, 8), { output: { decode: "yolox", grid: false } }],
    ["yolov5", main(1, 252, 8), { output: { decode: "yolov5" } }],
    ["yolov8", main(1, 7, 84), { output: { decode: "yolov8" } }],
    ["yolov8, all open", main(null, null, null), { output: { decode: "yolov8" } }],
    ["yolov8, end to end", main(1, 300, 6), { output: { decode: "yolov8", form: "end-to-end" } }],
    [
      "torchvision",
      three([null, 4], [null], [null]),
      { output: { decode: "ssd", form: "torchvision", classes: "labels", ...named } },
    ],
    [
      "rtdetr, queries",
      three([1, 300, 4], [1, 300, 3], [1]),
      { output: { decode: "rtdetr", form: "queries", ...named } },
    ],
    [
      "rtdetr, final",
      three([1, 9, 4], [1, 9], [1, 9]),
      { output: { decode: "rtdetr", form: "final", classes: "labels", ...named } },
    ],
  ])("%s", (_, outputs, changes) => {
    expect(check(outputs, changes).inputs).toEqual({ picture: "images", size: null });
  });

  test("with an input for its size, which the manifest names", () => {
    const size: Value = { name: "orig_target_sizes", type: "int64", dims: [1, 2] };
    const input = { ...small, sizeName: "orig_target_sizes" };
    expect(check(main(1, cells, 8), { input }, [picture, size]).inputs.size).toBe("orig_target_sizes");
  });
});

describe("what differs from the manifest is refused with its reason", () => {
  const good = main(1, cells, 8);
  test.each<[message: RegExp, outputs: readonly Value[], changes: object, inputs?: readonly Value[]]>([
    [
      /takes float32 1x3x64x64 as "images"; the manifest gives float32 1x3x32x32/u,
      good,
      { input: { ...small, width: 32, height: 32 } },
    ],
    [/takes float32 1x3x64x64 .* gives float32 1x64x64x3/u, good, { input: { ...small, layout: "nhwc" } }],
    [/takes float32 .* gives uint8/u, good, { input: { ...small, type: "uint8" } }],
    [/takes float16 /u, good, {}, [{ ...picture, type: "float16" }]],
    [/input\.name: the file has no input "picture"/u, good, { input: { ...small, name: "picture" } }],
    [/also takes "second" \(float32 2\)/u, good, {}, [picture, { name: "second", dims: [2] }]],
    [/takes no input/u, good, {}, []],
    [/has 201 letters; at most 200/u, good, {}, [{ ...picture, name: "x".repeat(201) }]],
    [
      /gives float32 1x84x85 as "out"; yolox reads float32 1 x cells x \(5 \+ 3 labels\)/u,
      main(1, cells, 85),
      {},
    ],
    [/gives float32 1x83x8/u, main(1, cells - 1, 8), {}],
    [/gives float32 1x84x8 as "out"; softmax reads float32 1 x 3 labels/u, good, softmax],
    [/output\.name: the file has no output "other"/u, good, { output: { decode: "yolox", name: "other" } }],
    [/output\.name: the file has several outputs/u, [...good, { name: "more", dims: [1] }], {}],
    [
      /output\.classes: the file has no output "classes"/u,
      three([null, 4], [null], [null]),
      { output: { decode: "ssd", form: "torchvision", classes: "classes", ...named } },
    ],
  ])("%s", (message, outputs, changes, inputs) => {
    expect(() => check(outputs, changes, inputs)).toThrow(message);
    expect(() => check(outputs, changes, inputs)).toThrow(
      expect.objectContaining({ kind: "invalid", hint: expect.stringMatching(/\w/u) }),
    );
  });
});

test.each([
  ["YOLOv5 at 1280 pixels and 80 classes", 1_100_000],
  ["gigabytes", 10 ** 9],
])("an answer that the eye would not read is refused: %s", (_, boxes) => {
  const more = { outputs: main(1, boxes, 8) };
  expect(() => check([], { output: { decode: "yolov5" } }, [picture], more)).toThrow(
    /the file answers \d+ bytes; at most 33554432 are read/u,
  );
});

test("several answers are too long together", () => {
  const more = { outputs: three([1, 2_000_000, 4], [1, 2_000_000], [1, 2_000_000]) };
  const output = { decode: "rtdetr", form: "final", classes: "labels", ...named };
  expect(() => check([], { output }, [picture], more)).toThrow(/answers 56000000 bytes/u);
});

describe("a file that would not run here is refused before it is tried", () => {
  const far = message(5, [...tensor("far", [1], [1]), int(14, 1)]);
  test.each<[message: RegExp, more: Partial<Graph>]>([
    [/opset 6; 7 to 26 run here/u, { opset: 6 }],
    [/opset 27; 7 to 26 run here/u, { opset: 27 }],
    [/no opset of ONNX/u, { opsets: [["com.example", 1]] }],
    [/IR\) 99/u, { irVersion: 99 }],
    [/"far" lies in another file/u, { initializers: [far] }],
    [/operations of "mmdeploy"/u, { nodes: [{ op: "NMS", domain: "mmdeploy", outputs: ["out"] }] }],
  ])("%s", (message, more) => {
    expect(() => check(main(1, cells, 8), {}, [picture], more)).toThrow(message);
  });

  test("a format that is too new is not blamed on its opset", () => {
    expect(() => check(main(1, cells, 8), {}, [picture], { irVersion: 99 })).toThrow(
      expect.objectContaining({ hint: expect.not.stringContaining("opset") }),
    );
  });

  test("but operations that the file itself explains are none of others", () => {
    const own = message(25, [text(1, "Swish"), text(10, "local")]);
    const nodes = [{ op: "Swish", domain: "local", outputs: ["out"] }];
    expect(check(main(1, cells, 8), {}, [picture], { nodes, more: [own] }).summary.functionDomains).toEqual([
      "local",
    ]);
  });
});

describe("a file that is not its manifest's is refused", () => {
  const file = zeros([picture], main(1, cells, 8));
  const manifest = manifestFor(file, { ...detector, input: small });

  test("when one byte changed", () => {
    const changed = Uint8Array.from(file, (byte, at) => (at === file.length - 1 ? byte ^ 1 : byte));
    expect(() => checkModel(manifest, changed, limit)).toThrow(
      /boxes\.onnx is not the file of its manifest/u,
    );
  });

  test("when it was cut off", () => {
    expect(() => checkModel(manifest, file.subarray(1), limit)).toThrow(/its manifest says/u);
  });

  test("when this machine has no room for it, without being read", () => {
    const board = modelLimitBytes(2 ** 30);
    expect(() => checkSize({ file: "big.onnx", bytes: 200 * 2 ** 20 }, 200 * 2 ** 20, board)).toThrow(
      /big\.onnx has 200 MB; this machine takes at most 64 MB/u,
    );
  });
});
