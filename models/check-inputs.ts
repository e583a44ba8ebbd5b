/**
 * Check, inputs: the picture, and for some exports its size, are all that the file takes.
 */
import { Fault } from "../hal/fault.ts";
import type { Asked } from "./check-asked.ts";
import { inputDims, type InputSpec } from "./manifest-input.ts";
import { quoted, tensorText, type OnnxSummary, type TensorInfo } from "./onnx/summary.ts";
import { fitsDims } from "./tensor.ts";

export interface InputNames {
  readonly picture: string;
  readonly size: string | null;
}

export function checkInputs(input: InputSpec, { inputs }: OnnxSummary, asked?: Asked): InputNames {
  const size = input.sizeName === undefined ? null : named(input.sizeName, inputs, "input.sizeName");
  const others = inputs.filter((info) => info !== size);
  const picture = input.name === undefined ? only(others) : named(input.name, inputs, "input.name");
  const surplus = others.find((info) => info !== picture);
  if (surplus !== undefined)
    throw new Fault("invalid", `the file also takes ${quoted(surplus.name)} (${tensorText(surplus)})`, {
      hint: "a model of one picture is needed; input.sizeName names an input for width and height",
    });
  expectTensor(picture, { type: input.type, dims: inputDims(input), field: "input" }, asked);
  if (size !== null) expectTensor(size, { type: "int64", dims: [1, 2], field: "input.sizeName" }, asked);
  return { picture: picture.name, size: size?.name ?? null };
}

/** The first: `checkInputs` refuses what is left over. */
function only(inputs: readonly TensorInfo[]): TensorInfo {
  const [first] = inputs;
  if (first === undefined)
    throw new Fault("invalid", "the file takes no input", { hint: "export it with its picture as input" });
  return first;
}

function named(name: string, infos: readonly TensorInfo[], field: string): TensorInfo {
  const found = infos.find((info) => info.name === name);
  if (found !== undefined) return found;
  throw new Fault("invalid", `${field}: the file has no input ${quoted(name)}`, {
    hint: `it has ${infos.map((info) => quoted(info.name)).join(", ") || "none"}`,
  });
}

interface Wanted {
  readonly type: string;
  readonly dims: readonly number[];
  /** Of the manifest. */
  readonly field: string;
}

function expectTensor(info: TensorInfo, wanted: Wanted, asked: Asked | undefined): void {
  if (info.type === wanted.type && fitsDims(info.dims, wanted.dims)) return;
  const takes = `the file takes ${tensorText(info)} as ${quoted(info.name)}`;
  if (asked !== undefined)
    throw new Fault("invalid", `${takes}; a ${asked.family} is given ${tensorText(wanted)}`, {
      hint: "export it with one picture of 32-bit figures or bytes as its input; or another --like reads this file",
    });
  throw new Fault("invalid", `${wanted.field}: ${takes}; the manifest gives ${tensorText(wanted)}`, {
    hint: "input.width, height, channels, layout and type of the manifest must be the file's",
  });
}
