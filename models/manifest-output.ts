/**
 * Manifest, output: which numbers the file gives, and how they become labels and boxes (decode/ does it).
 *
 * One entry for each family of heads that there is in public exports. Boxes are in pixels of the input or in
 * fractions of it; names of outputs are needed only where a file has other ones than usual.
 */
import { z } from "zod";

const name = z.string().min(1).max(200);
/** In pixels of the input, or in fractions of it. */
const units = z.enum(["pixels", "fractions"]);
/** Number of the first label: torchvision and TensorFlow count from 1, 0 being the background. */
const firstClass = z.int().min(0).max(1);

export const outputSchema = z.discriminatedUnion("decode", [
  /** 1 x labels. */
  z.strictObject({
    decode: z.literal("softmax"),
    name: name.optional(),
    /** false: the file has a softmax at its end already. */
    logits: z.boolean().default(true),
  }),
  /** 1 x cells x (5 + labels): x, y, log w, log h, objectness, labels; cells of all strides, one after another. */
  z.strictObject({
    decode: z.literal("yolox"),
    name: name.optional(),
    strides: z.array(z.int().min(1).max(256)).min(1).max(6).default([8, 16, 32]),
    /** false: the file was exported with the boxes decoded (centre and size in pixels). */
    grid: z.boolean().default(true),
  }),
  /** 1 x boxes x (5 + labels): centre, size, objectness, labels; decoded. */
  z.strictObject({
    decode: z.literal("yolov5"),
    name: name.optional(),
    units: units.default("pixels"),
  }),
  /** columns: 1 x (4 + labels) x boxes: centre, size, labels. rows: the same, turned. end-to-end: 1 x boxes x 6: corners, score, class. */
  z.strictObject({
    decode: z.literal("yolov8"),
    name: name.optional(),
    form: z.enum(["columns", "rows", "end-to-end"]).default("columns"),
    units: units.default("pixels"),
  }),
  /** tensorflow: top, left, bottom, right in fractions. torchvision: left, top, right, bottom in pixels. */
  z.strictObject({
    decode: z.literal("ssd"),
    form: z.enum(["tensorflow", "torchvision"]),
    boxes: name,
    scores: name,
    classes: name,
    /** How many of the boxes count; without it all do. */
    count: name.optional(),
    firstClass: firstClass.default(1),
  }),
  /** queries: centre and size in fractions, and logits. final: corners in pixels, score and class of each. */
  z
    .strictObject({
      decode: z.literal("rtdetr"),
      form: z.enum(["queries", "final"]),
      boxes: name,
      /** The logits, for queries. */
      scores: name,
      /** final only. */
      classes: name.optional(),
      /** queries only. softmax: the last class is "no object". */
      activation: z.enum(["sigmoid", "softmax"]).default("sigmoid"),
      firstClass: firstClass.default(0),
    })
    .superRefine((output, context) => {
      const idle = (path: string, form: string): void =>
        context.addIssue({ code: "custom", path: [path], message: `does not go with the form ${form}` });
      if (output.form === "queries" && output.firstClass !== 0) idle("firstClass", "queries");
      if (output.form === "final" && output.activation !== "sigmoid") idle("activation", "final");
      if ((output.form === "final") === (output.classes !== undefined)) return;
      const message =
        output.form === "final" ? "is needed for the form final" : "does not go with the form queries";
      context.addIssue({ code: "custom", path: ["classes"], message });
    }),
]);

export type OutputSpec = z.output<typeof outputSchema>;
export type Decode = OutputSpec["decode"];
