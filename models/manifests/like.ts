/**
 * Like: a manifest for a file of a known family.
 *
 * Sizes, types, names and the number of labels are read from the file; the rest is what the family's own tools do
 * (families.ts). The result has been checked against the file: what cannot be right is refused here.
 */
import { createHash } from "node:crypto";
import { Fault } from "../../hal/fault.ts";
import { checkFits, checkRuns } from "../check.ts";
import { manifestFrom } from "../manifest-file.ts";
import type { Label } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { quoted, tensorText, type OnnxSummary, type TensorInfo } from "../onnx/summary.ts";
import { readOnnx } from "../onnx/read.ts";
import { coco80, coco90, mapOf } from "./coco.ts";
import { usual, type Family } from "./families.ts";
import { recogniseOutputs, type Recognised } from "./outputs.ts";

/** In place of a list: those that most public detectors have. */
export const cocoLabels = "coco";

export interface About {
  readonly name: string;
  /** File name of the model, beside its manifest. */
  readonly file: string;
  readonly licence?: string | undefined;
  readonly trained?: string | undefined;
  /** The file's, in its order; not needed where it has 80 or 90 and they are COCO's. */
  readonly labels?: readonly string[] | typeof cocoLabels | undefined;
  /** Theirs to ours, besides the words that are known. */
  readonly map?: Readonly<Record<string, Label>> | undefined;
}

export function manifestLike(family: Family, file: Uint8Array, about: About): Manifest {
  const summary = readOnnx(file);
  checkRuns(summary);
  const recognised = recogniseOutputs(family, summary);
  const labels = labelsFor(recognised, about.labels);
  const map = { ...mapOf(labels), ...about.map };
  if (Object.keys(map).length === 0)
    throw new Fault(
      "invalid",
      `none of the labels ${labels.slice(0, 5).map(quoted).join(", ")} is known here`,
      {
        hint: "say which are a person, vehicle, animal, parcel or other to us: --map theirs=animal,... (docs/models.md)",
      },
    );
  const { threshold, nmsIou } = usual[family];
  const manifest = manifestFrom(
    {
      format: 1,
      name: about.name,
      file: about.file,
      sha256: createHash("sha256").update(file).digest("hex"),
      bytes: file.length,
      licence: about.licence ?? "not told",
      trained: about.trained ?? "not told",
      task: "detect",
      input: inputOf(family, summary),
      output: recognised.output,
      labels,
      map,
      thresholds: Object.fromEntries([...new Set(Object.values(map))].map((label) => [label, threshold])),
      nmsIou,
    },
    "manifest",
  );
  const labelsOf = about.labels === undefined || about.labels === cocoLabels ? "COCO" : "--labels";
  checkFits(manifest, summary, { family, labelsOf });
  return manifest;
}

function labelsFor({ count, numbered }: Recognised, given: About["labels"]): readonly string[] {
  if (given !== undefined && given !== cocoLabels) return given;
  if (count === null && given === undefined)
    throw new Fault("invalid", "the file does not say how many labels it knows", {
      hint: `give its labels, one on a line, in its order: --labels FILE; or --labels ${cocoLabels} where they are COCO's`,
    });
  if (numbered || count === 90) return coco90;
  if (count === null || count === coco80.length) return coco80;
  throw new Fault("invalid", `the file knows ${count} labels; only COCO's 80 are known by heart`, {
    hint: "give its labels, one on a line, in its order: --labels FILE; or another --like reads this file",
  });
}

function inputOf(family: Family, { inputs }: OnnxSummary): object {
  const { side, input, scale } = usual[family];
  const picture = inputs.find(({ dims }) => dims?.length === 4);
  if (picture === undefined) throw noPicture(inputs);
  const { layout, sides, gray } = layoutOf(picture);
  const size = inputs.find((info) => info !== picture && info.type === "int64");
  return {
    ...input,
    ...(gray ? { channels: "gray" } : {}),
    name: picture.name,
    ...(size === undefined ? {} : { sizeName: size.name }),
    width: sides[1] ?? side,
    height: sides[0] ?? side,
    layout,
    type: picture.type === "uint8" ? "uint8" : "float32",
    ...(picture.type === "uint8" ? {} : { scale }),
  };
}

interface Layout {
  readonly layout: "nchw" | "nhwc";
  /** Height and width; null where the file leaves it open. */
  readonly sides: readonly (number | null)[];
  readonly gray: boolean;
}

function layoutOf(picture: TensorInfo): Layout {
  const [, second = null, third = null, last = null] = picture.dims ?? [];
  const isChannels = (dim: number | null) => dim === 3 || dim === 1;
  if (isChannels(last) && !isChannels(second))
    return { layout: "nhwc", sides: [second, third], gray: last === 1 };
  return { layout: "nchw", sides: [third, last], gray: second === 1 };
}

function noPicture(inputs: readonly TensorInfo[]): Fault {
  const has = inputs
    .map((info) => `${quoted(info.name)} (${tensorText(info)})`)
    .join(", ")
    .slice(0, 400);
  return new Fault("invalid", `no input of four dimensions: ${has || "none at all"}`, {
    hint: "export the model with one picture as its input, 1x3xHEIGHTxWIDTH",
  });
}
