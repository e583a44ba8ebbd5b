/**
 * Answer: the tensors that a model gave for one picture, by their role, held against what was promised.
 *
 * A file may leave dimensions open, so its shapes are known only now. NaN and Infinity are a Fault and not "nothing
 * there": a model that gives them is broken for good, and somebody must be told.
 */
import { Fault } from "../../hal/fault.ts";
import type { OutputRole, WantedOutput } from "../check-outputs.ts";
import { fitsDims, type Tensor } from "../tensor.ts";

export type Answer = Readonly<Partial<Record<OutputRole, Tensor>>>;

const hint = "the model does not give what its manifest says; sill models check NAME";

export function senseless(message: string): Fault {
  return new Fault("corrupt", `model answered ${message}`, { hint });
}

/** Throws what is wrong with it. */
export function checkAnswer(answer: Answer, wanted: readonly WantedOutput[]): void {
  for (const { role, shapes, what } of wanted) {
    const tensor = answer[role];
    if (tensor === undefined) throw senseless(`without ${role}`);
    const { dims, data } = tensor;
    const size = dims.reduce((product, dim) => product * dim, 1);
    if (!shapes.some((shape) => fitsDims(dims, shape)) || data.length !== size)
      throw senseless(`${dims.join("x")} as ${role}; ${what} was expected`);
    if (data instanceof Float32Array) checkFigures(data, role);
  }
}

function checkFigures(data: Float32Array, role: string): void {
  let wrong = 0;
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] as number;
    if (value - value !== 0) wrong += 1;
  }
  if (wrong > 0) throw senseless(`with ${wrong} of ${data.length} figures of ${role} NaN or infinite`);
}

/** The tensor of a role, after `checkAnswer`. */
export function tensorOf(answer: Answer, role: OutputRole): Tensor {
  const tensor = answer[role];
  if (tensor === undefined) throw senseless(`without ${role}`);
  return tensor;
}

/** Its figures where the family gives float32 only. */
export function figuresOf(answer: Answer, role: OutputRole): Float32Array {
  const { data } = tensorOf(answer, role);
  if (data instanceof Float32Array) return data;
  throw senseless(`${role} that are no float32`);
}
