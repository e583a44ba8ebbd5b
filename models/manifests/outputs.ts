/**
 * Outputs: which of a file's outputs is what for a family, and how many labels it knows; by shape, then by name.
 */
import { Fault } from "../../hal/fault.ts";
import type { OutputSpec } from "../manifest-output.ts";
import { quoted, tensorText, type OnnxSummary, type TensorInfo } from "../onnx/summary.ts";
import type { Family } from "./families.ts";

export interface Recognised {
  readonly output: OutputSpec;
  /** Of labels; null where the shapes do not say it. */
  readonly count: number | null;
  /** Boxes come in the numbers of COCO's 90. */
  readonly numbered: boolean;
}

export function recogniseOutputs(family: Family, { outputs }: OnnxSummary): Recognised {
  switch (family) {
    case "yolox":
    case "yolov5": {
      const { info, name } = single(family, outputs);
      const output: OutputSpec =
        family === "yolox"
          ? { decode: "yolox", ...name, strides: [8, 16, 32], grid: true }
          : { decode: "yolov5", ...name, units: "pixels" };
      return { output, count: lessThan(info.dims?.[2], 5), numbered: false };
    }
    case "yolov8":
      return yolov8(single(family, outputs));
    case "ssd":
      return ssd(outputs);
    case "rtdetr":
      return outputs.length === 1 ? turned(single(family, outputs)) : rtdetr(outputs);
  }
}

interface Single {
  readonly info: TensorInfo;
  /** To be said in the manifest where there are several. */
  readonly name: { readonly name?: string };
}

/** The only output, or the only one of three dimensions (some exports also give what comes before). */
function single(family: Family, outputs: readonly TensorInfo[]): Single {
  const flat = outputs.length === 1 ? outputs : outputs.filter(({ dims }) => dims?.length === 3);
  const [info, other] = flat;
  if (info === undefined || other !== undefined) throw unlike(family, outputs);
  return { info, name: outputs.length === 1 ? {} : { name: info.name } };
}

/** Fewer labels than boxes: the shorter of the two sides is that of the labels. */
function yolov8({ info, name }: Single): Recognised {
  const [, middle, last] = info.dims ?? [];
  if (last === 6 && (middle ?? 300) <= 300)
    return {
      output: { decode: "yolov8", ...name, form: "end-to-end", units: "pixels" },
      count: null,
      numbered: false,
    };
  const rows = typeof last === "number" && last < (middle ?? Number.POSITIVE_INFINITY);
  return {
    output: { decode: "yolov8", ...name, form: rows ? "rows" : "columns", units: "pixels" },
    count: lessThan(rows ? last : middle, 4),
    numbered: false,
  };
}

/** RT-DETR as ultralytics exports it: one output, box by box, in fractions, without objectness. */
function turned({ info, name }: Single): Recognised {
  return {
    output: { decode: "yolov8", ...name, form: "rows", units: "fractions" },
    count: lessThan(info.dims?.[2], 4),
    numbered: false,
  };
}

/** TensorFlow 2 gives eight: raw boxes, scores of all classes and anchors besides. */
function ssd(outputs: readonly TensorInfo[]): Recognised {
  const others = /raw_|multiclass|anchor/u;
  const likely = outputs.filter(({ name }) => !others.test(name));
  const find = (exact: string, rank: number, ...words: readonly string[]) =>
    (
      outputs.find(({ name }) => name.replace(/:\d+$/u, "") === exact) ??
      likely.find(
        ({ name, dims }) => words.some((word) => name.includes(word)) && (dims?.length ?? rank) <= rank,
      )
    )?.name;
  const boxes = find("detection_boxes", 3, "boxes");
  const scores = find("detection_scores", 2, "scores");
  const classes = find("detection_classes", 2, "classes", "labels");
  const count = find("num_detections", 2, "num");
  if (boxes === undefined || scores === undefined || classes === undefined) throw unlike("ssd", outputs);
  const output: OutputSpec =
    count === undefined
      ? { decode: "ssd", form: "torchvision", boxes, scores, classes, firstClass: 1 }
      : { decode: "ssd", form: "tensorflow", boxes, scores, classes, count, firstClass: 1 };
  return { output, count: null, numbered: true };
}

function rtdetr(outputs: readonly TensorInfo[]): Recognised {
  const boxes = outputs.find(({ dims }) => dims?.length === 3 && dims[2] === 4);
  const rest = outputs.filter((info) => info !== boxes);
  const [first, second] = rest;
  if (boxes === undefined || first === undefined) throw unlike("rtdetr", outputs);
  if (first.dims?.length === 3 && second === undefined) {
    const output = {
      decode: "rtdetr",
      form: "queries",
      boxes: boxes.name,
      scores: first.name,
      activation: "sigmoid",
      firstClass: 0,
    } as const;
    return { output, count: lessThan(first.dims[2], 0), numbered: false };
  }
  const classes = rest.find(({ type }) => type === "int64" || type === "int32");
  const scores = rest.find(({ type }) => type === "float32");
  if (classes === undefined || scores === undefined) throw unlike("rtdetr", outputs);
  const names = { boxes: boxes.name, scores: scores.name, classes: classes.name };
  return {
    output: { decode: "rtdetr", form: "final", ...names, activation: "sigmoid", firstClass: 0 },
    count: null,
    numbered: false,
  };
}

function lessThan(size: number | null | undefined, others: number): number | null {
  return typeof size === "number" ? size - others : null;
}

function unlike(family: Family, outputs: readonly TensorInfo[]): Fault {
  const has = outputs
    .map((info) => `${quoted(info.name)} (${tensorText(info)})`)
    .join(", ")
    .slice(0, 400);
  return new Fault("invalid", `the outputs are not those of ${family}: ${has || "none"}`, {
    hint: "try another family; or write the manifest by hand (docs/models.md)",
  });
}
