/**
 * Manifest: all that must be known of a model file to run it and to read what it says.
 *
 * A model is two files in a folder of its own, the ONNX file and `manifest.json`; this is the second. Strict: an unknown field is refused,
 * because a misspelled one would be a model that quietly sees nothing. `sha256` ties it to one file;
 * check.ts compares it with what that file really takes and gives. docs/models.md has it in words.
 */
import { z } from "zod";
import { closest } from "../config/suggest.ts";
import { labels as ourLabels, type Label } from "./labels.ts";
import { inputSchema } from "./manifest-input.ts";
import { outputSchema } from "./manifest-output.ts";

/** A label of the file that stands for nothing: class lists with holes (COCO's 91) need one. */
export const unusedLabel = "-";

export const defaultThreshold = 0.5;

const line = (most: number) => z.string().trim().min(1).max(most);

const shape = z.strictObject({
  format: z.literal(1),
  /** What users call it, and the name of its files. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, "small letters, digits and -, at most 40"),
  /** In the manifest's own folder. */
  file: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}\.onnx$/u, "a file name that ends in .onnx, without a folder"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u, "64 hex digits"),
  bytes: z.int().min(1),
  licence: line(200),
  /** How it was trained, on what, by whom. */
  trained: line(2000),
  /** classify: one label for each region of motion. detect: boxes in the whole picture. */
  task: z.enum(["classify", "detect"]),
  input: inputSchema,
  output: outputSchema,
  /** The file's own, in its order. */
  labels: z.array(line(60)).min(1).max(1000),
  /** Theirs to ours; a label that is not named here is dropped. */
  map: z.record(z.string().max(60), z.enum(ourLabels)),
  /** By our label. detect: boxes that score less are dropped. classify: for who uses single answers; tracks do not (daemon/sight/what/belief.ts). */
  thresholds: z.partialRecord(z.enum(ourLabels), z.number().min(0).max(1)).default({}),
  /** Of two boxes of one label that overlap by more than this (intersection over union), the better stays. */
  nmsIou: z.number().min(0).max(1).default(0.5),
  /** Overlapping boxes of different labels too. */
  nmsAcrossLabels: z.boolean().default(false),
  /** The best of one picture; the rest is dropped. */
  maxFound: z.int().min(1).max(300).default(50),
});

export type Manifest = z.output<typeof shape>;

export const manifestSchema = shape.superRefine((manifest, context) => {
  for (const { path, message } of contradictions(manifest))
    context.addIssue({ code: "custom", path: [...path], message });
});

/** What was meant is looked for a few times only: it takes long among many labels. */
const mostQuestions = 3;

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function* contradictions({ task, input, output, labels, map }: Manifest): Generator<Contradiction> {
  if ((task === "classify") !== (output.decode === "softmax"))
    yield { path: ["output", "decode"], message: `${output.decode} does not go with the task ${task}` };
  if ((task === "classify") !== (input.fit === "square"))
    yield {
      path: ["input", "fit"],
      message:
        task === "classify" ? "must be square for classify" : "must be letterbox or stretch for detect",
    };
  const named = labels.filter((label) => label !== unusedLabel);
  const known = new Set(named);
  if (known.size < named.length) {
    const seen = new Set<string>();
    const twice = labels.findIndex((label) => label !== unusedLabel && seen.size === seen.add(label).size);
    yield { path: ["labels", twice], message: `"${labels[twice]}" stands here twice` };
  }
  const mapped = Object.keys(map);
  if (mapped.length > labels.length)
    yield { path: ["map"], message: `has ${mapped.length} entries; the file has ${labels.length} labels` };
  for (const theirs of mapped.filter((each) => !known.has(each)).slice(0, mostQuestions)) {
    const meant = closest(theirs, labels);
    const question = meant === null ? "" : `; did you mean "${meant}"?`;
    yield { path: ["map", theirs], message: `is none of the file's labels${question}` };
  }
  if (mapped.length === 0) yield { path: ["map"], message: "maps nothing: the model would never be heard" };
}

export function thresholdOf(manifest: Pick<Manifest, "thresholds">, label: Label): number {
  return manifest.thresholds[label] ?? defaultThreshold;
}

/** By the file's class number: our label, or null for what is dropped. */
export function labelsByClass({ labels, map }: Pick<Manifest, "labels" | "map">): (Label | null)[] {
  const known = new Map(Object.entries(map));
  return labels.map((label) => known.get(label) ?? null);
}
