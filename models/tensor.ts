/**
 * Tensor: figures with their dimensions, as they go to a model and come from it.
 */
import type { Dims } from "./onnx/summary.ts";

export type TensorData = Float32Array | Uint8Array | Int32Array | BigInt64Array;

export interface Tensor {
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** Do a file's dimensions (null: anything) take these? */
export function fitsDims(file: Dims | null, wanted: Dims): boolean {
  if (file === null) return true;
  return (
    file.length === wanted.length &&
    file.every((dim, at) => dim === null || wanted[at] === null || dim === wanted[at])
  );
}
