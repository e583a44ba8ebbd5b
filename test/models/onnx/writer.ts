/**
 * An ONNX writer: models of a few nodes whose outputs a test knows.
 *
 * Enough for graphs of Constant, Identity, Reshape, Mul, Conv and their like; field numbers are those of onnx.proto.
 */
import { bytes, concat, float, int, message, text, type Field } from "./proto.ts";

export const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10 } as const;
export type ElementType = keyof typeof elementTypes;

/** A name, null (unknown) or a figure for each dimension. */
export type Dim = number | string | null;

export interface Value {
  readonly name: string;
  readonly type?: ElementType;
  readonly dims: readonly Dim[];
}

/** A tensor's figures: float32 unless the array says otherwise. */
export type Figures = readonly number[] | Float32Array | Uint8Array | BigInt64Array;

export interface Node {
  readonly op: string;
  readonly inputs?: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: readonly Field[];
}

export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly initializers?: readonly Field[];
  readonly irVersion?: number;
  readonly opset?: number;
  readonly opsets?: readonly (readonly [domain: string, version: number])[];
  /** Fields of the model, after the others. */
  readonly more?: readonly Field[];
}

/** The fields of a TensorProto. */
export function tensor(name: string, dims: readonly number[], figures: Figures): Field[] {
  const data = Array.isArray(figures)
    ? Float32Array.from(figures)
    : (figures as Exclude<Figures, readonly number[]>);
  const type = data instanceof Float32Array ? 1 : data instanceof Uint8Array ? 2 : 7;
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [...dims.map((dim) => int(1, dim)), int(2, type), text(8, name), bytes(9, raw)];
}

export function initializer(name: string, dims: readonly number[], figures: Figures): Field {
  return message(5, tensor(name, dims, figures));
}

export const attribute = {
  int: (name: string, value: number) => message(5, [text(1, name), int(3, value), int(20, 2)]),
  ints: (name: string, values: readonly number[]) =>
    message(5, [text(1, name), ...values.map((value) => int(8, value)), int(20, 7)]),
  float: (name: string, value: number) => message(5, [text(1, name), float(2, value), int(20, 1)]),
  tensor: (name: string, dims: readonly number[], figures: Figures) =>
    message(5, [text(1, name), message(5, tensor("", dims, figures)), int(20, 4)]),
  graph: (name: string, graph: Graph) =>
    message(5, [text(1, name), message(6, graphFields(graph)), int(20, 5)]),
};

/** A Constant node. */
export function constant(output: string, dims: readonly number[], figures: Figures): Node {
  return { op: "Constant", outputs: [output], attributes: [attribute.tensor("value", dims, figures)] };
}

function dimension(dim: Dim): Field {
  if (dim === null) return message(1, []);
  return message(1, [typeof dim === "number" ? int(1, dim) : text(2, dim)]);
}

function value(field: number, { name, type = "float32", dims }: Value): Field {
  const tensorType = [int(1, elementTypes[type]), message(2, dims.map(dimension))];
  return message(field, [text(1, name), message(2, [message(1, tensorType)])]);
}

function node({ op, inputs = [], outputs, domain, attributes = [] }: Node): Field {
  const ends = [...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name))];
  return message(1, [
    ...ends,
    text(4, op),
    ...(domain === undefined ? [] : [text(7, domain)]),
    ...attributes,
  ]);
}

export function graphFields({ nodes, initializers = [], inputs, outputs }: Graph): Field[] {
  return [
    ...nodes.map(node),
    text(2, "test"),
    ...initializers,
    ...inputs.map((input) => value(11, input)),
    ...outputs.map((output) => value(12, output)),
  ];
}

export function writeOnnx(graph: Graph): Uint8Array {
  const { irVersion = 8, opset = 13, opsets = [["", opset]], more = [] } = graph;
  return concat([
    int(1, irVersion),
    text(2, "sill-test"),
    message(7, graphFields(graph)),
    ...opsets.map(([domain, version]) => message(8, [text(1, domain), int(2, version)])),
    ...more,
  ]);
}
