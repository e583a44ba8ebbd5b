/**
 * Summary: what a model file says of itself, as far as it must be known before native code sees it.
 */

/** TensorProto.DataType by number; what is not named here no model of ours can take or give. */
const elementNames = new Map([
  [1, "float32"],
  [2, "uint8"],
  [3, "int8"],
  [6, "int32"],
  [7, "int64"],
  [8, "string"],
  [9, "bool"],
  [10, "float16"],
  [11, "float64"],
]);

export function elementName(type: number): string {
  return elementNames.get(type) ?? `type ${type}`;
}

/** A figure, or null for what may be anything. */
export type Dims = readonly (number | null)[];

export interface TensorInfo {
  readonly name: string;
  /** "float32", "int64" ... or what is no tensor. */
  readonly type: string;
  /** null: the file does not say how many dimensions. */
  readonly dims: Dims | null;
}

export interface Opset {
  /** "" is ONNX itself. */
  readonly domain: string;
  readonly version: number;
}

export interface OnnxSummary {
  readonly irVersion: number;
  readonly producer: string;
  readonly opsets: readonly Opset[];
  /** Without those that have a constant value in the file. */
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly nodes: number;
  /** Domains of the nodes' operations, each once. */
  readonly domains: readonly string[];
  /** Domains for which the file brings functions of its own. */
  readonly functionDomains: readonly string[];
  readonly initializers: number;
  /** Name of a tensor that lies in another file. */
  readonly external: string | null;
}

/** "float32 1x3x416x416"; ? is what may be anything. */
export function tensorText({ type, dims }: Pick<TensorInfo, "type" | "dims">): string {
  if (dims === null) return `${type} of any shape`;
  return `${type} ${dims.length === 0 ? "(one figure)" : dims.map((dim) => dim ?? "?").join("x")}`;
}

/** A name of a foreign file, fit for a message. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}
