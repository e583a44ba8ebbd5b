/**
 * Outputs: an answer's bytes as tensors, views of the same memory. Throws Fault `corrupt` where sizes do not agree.
 */
import { Fault } from "../../hal/fault.ts";
import type { Tensor } from "../tensor.ts";
import { aligned } from "./frames.ts";
import { figureBytes, figuresAt, type AnswerWords } from "./words.ts";

export function readOutputs(words: AnswerWords["outputs"], bytes: Uint8Array): Map<string, Tensor> {
  const outputs = new Map<string, Tensor>();
  let at = 0;
  for (const { name, type, dims } of words) {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const end = at + aligned(figureBytes(type, count));
    if (!(end <= bytes.length))
      throw new Fault("corrupt", `${count} figures of "${name}" in ${bytes.length} bytes`);
    outputs.set(name, { dims, data: figuresAt(bytes, at, { type, count }) });
    at = end;
  }
  return outputs;
}
