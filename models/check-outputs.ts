/**
 * Check, outputs: the tensors that a decoding needs are there, in the shapes that it can read.
 *
 * `wantedOutputs` is also what decode/ holds every answer of the model against, since a file may leave
 * dimensions open.
 */
import { Fault } from "../hal/fault.ts";
import type { Asked } from "./check-asked.ts";
import type { InputSpec } from "./manifest-input.ts";
import type { OutputSpec } from "./manifest-output.ts";
import { quoted, tensorText, type Dims, type OnnxSummary, type TensorInfo } from "./onnx/summary.ts";
import { mostAnswerBytes } from "./runtime-limits.ts";
import { fitsDims } from "./tensor.ts";

/** What a tensor is for the decoding; most have `main` only. */
export type OutputRole = "main" | "boxes" | "scores" | "classes" | "count";

export type OutputNames = Readonly<Partial<Record<OutputRole, string>>>;

export interface WantedOutput {
  readonly role: OutputRole;
  /** The manifest's; null: the file's only one. */
  readonly name: string | null;
  readonly types: readonly string[];
  /** Any of these. */
  readonly shapes: readonly Dims[];
  /** In words. */
  readonly what: string;
}

export interface Heads {
  readonly input: Pick<InputSpec, "width" | "height">;
  readonly output: OutputSpec;
  readonly labels: readonly string[];
}

const figures = ["float32"];
const wholeOrNot = ["float32", "int64", "int32"];

export function wantedOutputs({ input, output, labels }: Heads): WantedOutput[] {
  const main = (shape: Dims, what: string): WantedOutput[] => {
    const name = "name" in output ? (output.name ?? null) : null;
    return [{ role: "main", name, types: figures, shapes: [shape], what }];
  };
  const count = labels.length;
  switch (output.decode) {
    case "softmax":
      return main([1, count], `1 x ${count} labels`);
    case "yolox":
      return main(
        [1, output.grid ? cellsOf(input, output.strides) : null, 5 + count],
        `1 x cells x (5 + ${count} labels), cells of the strides ${output.strides.join(", ")}`,
      );
    case "yolov5":
      return main([1, null, 5 + count], `1 x boxes x (5 + ${count} labels)`);
    case "yolov8":
      return main(...boxesWithLabels(output.form, count));
    case "ssd":
      return lists(output, output.count);
    case "rtdetr":
      if (output.form === "final") return lists(output, undefined);
      return queries(output, output.activation === "softmax" ? count + 1 : count);
  }
}

function boxesWithLabels(
  form: "columns" | "rows" | "end-to-end",
  count: number,
): [shape: Dims, what: string] {
  if (form === "columns") return [[1, 4 + count, null], `1 x (4 + ${count} labels) x boxes`];
  return form === "rows"
    ? [[1, null, 4 + count], `1 x boxes x (4 + ${count} labels)`]
    : [[1, null, 6], "1 x boxes x 6"];
}

interface ListNames {
  readonly boxes: string;
  readonly scores: string;
  readonly classes?: string | undefined;
}

/** Boxes, scores and classes beside one another, with a batch dimension or without. */
function lists({ boxes, scores, classes }: ListNames, count: string | undefined): WantedOutput[] {
  const list: readonly Dims[] = [[1, null], [null]];
  return [
    {
      role: "boxes",
      name: boxes,
      types: figures,
      shapes: [
        [1, null, 4],
        [null, 4],
      ],
      what: "boxes x 4",
    },
    { role: "scores", name: scores, types: figures, shapes: list, what: "a score for each box" },
    { role: "classes", name: classes ?? null, types: wholeOrNot, shapes: list, what: "a class for each box" },
    ...(count === undefined
      ? []
      : [
          {
            role: "count",
            name: count,
            types: wholeOrNot,
            shapes: [[1], [], [1, 1]],
            what: "one figure",
          } as const,
        ]),
  ];
}

function queries({ boxes, scores }: ListNames, classes: number): WantedOutput[] {
  const what = `1 x queries x ${classes} labels`;
  return [
    { role: "boxes", name: boxes, types: figures, shapes: [[1, null, 4]], what: "1 x queries x 4" },
    { role: "scores", name: scores, types: figures, shapes: [[1, null, classes]], what },
  ];
}

/** How many cells a raw YOLOX output has; a side that no stride divides gives none. */
export function cellsOf(
  { width, height }: Pick<InputSpec, "width" | "height">,
  strides: readonly number[],
): number {
  return strides.reduce((sum, stride) => sum + Math.floor(width / stride) * Math.floor(height / stride), 0);
}

export function checkOutputs(heads: Heads, { outputs }: OnnxSummary, asked?: Asked): OutputNames {
  const reader = asked?.family ?? heads.output.decode;
  const names: Partial<Record<OutputRole, string>> = {};
  const sizes = new Map<string, number>();
  for (const wanted of wantedOutputs(heads)) {
    const info = find(wanted, outputs);
    const fits =
      wanted.types.includes(info.type) && wanted.shapes.some((shape) => fitsDims(info.dims, shape));
    if (!fits)
      throw new Fault(
        "invalid",
        `the file gives ${tensorText(info)} as ${quoted(info.name)}; ${reader} reads ${wanted.types[0]} ${wanted.what}`,
        { hint: hintFor(heads, asked) },
      );
    sizes.set(info.name, elementsOf(info.dims) * (info.type === "int64" ? 8 : 4));
    names[wanted.role] = info.name;
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (bytes > mostAnswerBytes)
    throw new Fault("invalid", `the file answers ${bytes} bytes; at most ${mostAnswerBytes} are read`, {
      hint: "export the model for a smaller picture",
    });
  return names;
}

/** Open dimensions count as one: what they come to, the runner sees. */
function elementsOf(dims: Dims | null): number {
  return (dims ?? []).reduce<number>((product, dim) => product * (dim ?? 1), 1);
}

function hintFor({ labels, output }: Heads, asked: Asked | undefined): string {
  const must = `${labels.length} labels: they must be the file's, all of them`;
  if (asked !== undefined)
    return `${asked.labelsOf} has ${must}; or another --like reads this file (docs/models.md)`;
  const other = output.decode === "softmax" ? "" : "; or another output.decode reads this file";
  return `the manifest has ${must}${other} (docs/models.md)`;
}

function find({ name, role }: WantedOutput, outputs: readonly TensorInfo[]): TensorInfo {
  const found =
    name === null && outputs.length === 1 ? outputs[0] : outputs.find((info) => info.name === name);
  if (found !== undefined) return found;
  const field = role === "main" ? "output.name" : `output.${role}`;
  const message = name === null ? "the file has several outputs" : `the file has no output ${quoted(name)}`;
  throw new Fault("invalid", `${field}: ${message}`, {
    hint: `it has ${outputs
      .map((info) => `${quoted(info.name)} (${tensorText(info)})`)
      .join(", ")
      .slice(0, 400)}`,
  });
}
