import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../hal/fault.ts";
import { readOnnx } from "../../../models/onnx/read.ts";
import type { OnnxSummary } from "../../../models/onnx/summary.ts";
import { bytes, concat, int, message, text, varint, type Field } from "./proto.ts";
import { attribute, constant, initializer, tensor, writeOnnx, type Graph } from "./writer.ts";

const graph: Graph = {
  inputs: [{ name: "picture", dims: [1, 3, 8, null] }],
  outputs: [{ name: "scores", dims: ["batch", 2] }],
  nodes: [
    constant("c", [2], [1, 2]),
    { op: "Fancy", domain: "com.example", inputs: ["c"], outputs: ["scores"] },
  ],
  initializers: [initializer("weights", [2, 2], [1, 2, 3, 4])],
  opsets: [
    ["", 17],
    ["com.example", 1],
  ],
};

test("a file says its versions, inputs, outputs and operations", () => {
  expect(readOnnx(writeOnnx(graph))).toEqual({
    irVersion: 8,
    producer: "sill-test",
    opsets: [
      { domain: "", version: 17 },
      { domain: "com.example", version: 1 },
    ],
    inputs: [{ name: "picture", type: "float32", dims: [1, 3, 8, null] }],
    outputs: [{ name: "scores", type: "float32", dims: [null, 2] }],
    nodes: 2,
    domains: ["", "com.example"],
    functionDomains: [],
    initializers: 2,
    external: null,
  } satisfies OnnxSummary);
});

test("an input that has its value in the file is none", () => {
  const inputs = [...graph.inputs, { name: "weights", dims: [2, 2] }];
  expect(readOnnx(writeOnnx({ ...graph, inputs })).inputs.map(({ name }) => name)).toEqual(["picture"]);
});

describe("a tensor in another file is found", () => {
  const elsewhere = message(13, [text(1, "location"), text(2, "/etc/passwd")]);
  const inTensor = [...tensor("far", [1], [1]), elsewhere, int(14, 1)];
  const nested = { ...graph, initializers: [message(5, inTensor)] };
  const places: [where: string, changes: Partial<Graph>][] = [
    ["as a weight", { initializers: [message(5, inTensor)] }],
    ["with the place alone", { initializers: [message(5, [text(8, "far"), elsewhere])] }],
    ["as a sparse weight", { initializers: [message(15, [message(1, inTensor)])] }],
    [
      "in a constant",
      { nodes: [{ op: "Constant", outputs: ["c"], attributes: [message(5, [message(5, inTensor)])] }] },
    ],
    [
      "in a branch",
      { nodes: [{ op: "If", outputs: ["c"], attributes: [attribute.graph("then_branch", nested)] }] },
    ],
    [
      "in what a function has where nothing is given",
      { more: [message(25, [message(11, [message(5, inTensor)])])] },
    ],
    ["in a function", { more: [message(25, [message(7, [message(5, [message(5, inTensor)])])])] }],
  ];
  test.each(places)("%s", (_, changes) => {
    expect(readOnnx(writeOnnx({ ...graph, ...changes })).external).toBe("far");
  });
});

describe("a file that is no ONNX is refused with what it is", () => {
  test.each<[what: RegExp, head: Uint8Array]>([
    [/empty/u, new Uint8Array(0)],
    [/zip archive or a PyTorch/u, Buffer.from("PK\u0003\u0004rest")],
    [/TensorFlow Lite/u, Buffer.from("\u0000\u0000\u0000\u0000TFL3")],
    [/git-lfs/u, Buffer.from("version https://git-lfs.github.com/spec/v1\n")],
    [/web page/u, Buffer.from("<!DOCTYPE html>")],
    [/looks like text$/u, Buffer.from("# My model\n\nFetch it from the place below, größer is better.\n")],
  ])("%s", (what, head) => {
    expect(() => readOnnx(head)).toThrow(what);
    expect(() => readOnnx(head)).toThrow(
      expect.objectContaining({ kind: "invalid", hint: expect.any(String) }),
    );
  });
});

describe("a hostile file is corrupt", () => {
  const whole = writeOnnx(graph);
  const nest = (depth: number): Graph =>
    depth === 0
      ? graph
      : {
          ...graph,
          nodes: [
            { op: "If", outputs: ["c"], attributes: [attribute.graph("then_branch", nest(depth - 1))] },
          ],
        };
  const withGraph = (...fields: Field[]) => concat([int(1, 8), message(7, fields)]);
  const many = (count: number, field: Field) => concat(Array.from({ length: count }, () => field));
  test.each<[why: string, file: () => Uint8Array]>([
    ["a length of 2^62", () => concat([int(1, 8), varint(7 * 8 + 2), varint(2n ** 62n)])],
    ["a length below nothing", () => concat([int(1, 8), varint(7 * 8 + 2), varint(-1)])],
    ["a number without end", () => new Uint8Array(100).fill(255)],
    ["a field 0", () => Uint8Array.of(8, 8, 0, 0)],
    ["a field's number of 40 bits", () => concat([int(1, 8), varint(2 ** 40 + 56), varint(0)])],
    ["a group", () => concat([int(1, 8), varint(9 * 8 + 3)])],
    ["a graph that is a number", () => concat([int(1, 8), int(7, 1)])],
    ["two graphs", () => concat([whole, message(7, [])])],
    ["no graph", () => int(1, 8)],
    ["no version", () => message(7, [])],
    ["graphs in graphs", () => writeOnnx(nest(9))],
    ["a million nodes", () => withGraph(many(1_000_000, message(1, [])))],
    ["a million weights", () => withGraph(many(1_000_000, message(5, [])))],
    ["a million outputs", () => withGraph(many(1_000_000, message(12, [])))],
    [
      "a thousand dimensions",
      () => withGraph(message(12, [message(2, [message(1, [message(2, [many(1000, message(1, []))])])])])),
    ],
    ["a name of a megabyte", () => withGraph(message(12, [bytes(1, new Uint8Array(2 ** 20))]))],
    ["a type twice", () => withGraph(message(12, [message(2, []), message(2, [])]))],
  ])("%s", (_, file) => {
    expect(() => readOnnx(file())).toThrow(
      expect.objectContaining({ kind: "corrupt", hint: expect.any(String) }),
    );
  });

  test("graphs eight deep are read", () => {
    expect(readOnnx(writeOnnx(nest(8))).nodes).toBe(10);
  });
});

/** A Fault or a summary, and nothing else. */
function survives(file: Uint8Array): void {
  try {
    expect(readOnnx(file).irVersion).toBeGreaterThan(0);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).kind).not.toBe("bug");
  }
}

describe("any bytes are survived", () => {
  const branch = attribute.graph("then_branch", graph);
  const whole = writeOnnx({
    ...graph,
    nodes: [...graph.nodes, { op: "If", outputs: ["d"], attributes: [branch] }],
  });

  test("cut off anywhere", () => {
    for (let length = 0; length < whole.length; length += 1) survives(whole.subarray(0, length));
  });

  test("with any one byte changed to any other", () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        survives(Uint8Array.from(whole, (before, index) => (index === at ? byte : before)));
      }),
      { numRuns: 2000 },
    );
  });

  test("with pieces taken out, doubled and strewn in", () => {
    const piece = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.uint8Array({ maxLength: 20 }));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        let file = whole;
        for (const [at, length, more] of pieces)
          file = concat([file.subarray(0, at), more, file.subarray(Math.max(0, at - length))]);
        survives(file);
      }),
      { numRuns: 1000 },
    );
  });

  test("that are no model at all", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), survives), { numRuns: 2000 });
  });
});
