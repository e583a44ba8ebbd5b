/**
 * Words: what stands in the frames between eye and runner, as schemas. Both sides parse what they receive; the eye
 * trusts nothing of it, because the runner has read a stranger's file.
 */
import { z } from "zod";
import type { TensorData } from "../tensor.ts";

const name = z.string().max(200);
const size = z.int().min(0);

/** Which kinds of figures a model may give, and what holds them. */
export const figureTypes = ["float32", "uint8", "int32", "int64"] as const;
type FigureType = (typeof figureTypes)[number];

/** How samples (0..255, in the tensor's order) become the figures of a float32 input. */
export const inputWordsSchema = z.strictObject({
  name,
  type: z.enum(["float32", "uint8"]),
  dims: z.array(z.int().min(1)).length(4),
  channels: z.union([z.literal(1), z.literal(3)]),
  layout: z.enum(["nchw", "nhwc"]),
  scale: z.number(),
  mean: z.array(z.number()),
  std: z.array(z.number()),
  /** A second input: int64 1x2, and what it is told. */
  size: z.strictObject({ name, value: z.tuple([size, size]) }).nullable(),
});
export type InputWords = z.output<typeof inputWordsSchema>;

/** With it comes the file itself. */
export const loadSchema = z.strictObject({
  input: inputWordsSchema,
  outputs: z.array(name).min(1).max(8),
  threads: z.int().min(1),
});
export type LoadWords = z.output<typeof loadSchema>;

/** The model is in: nothing more is to be said. */
export const loadedSchema = z.strictObject({});

/** With it come the figures of each output, each at a multiple of eight bytes. */
export const answerSchema = z.strictObject({
  ms: z.number().min(0),
  outputs: z
    .array(z.strictObject({ name, type: z.enum(figureTypes), dims: z.array(size).max(8) }))
    .min(1)
    .max(8),
});
export type AnswerWords = z.output<typeof answerSchema>;

/** Words of onnxruntime, which may hold a stranger's. */
export const failedSchema = z.strictObject({ message: z.string().max(400) });

const bytesOf: Readonly<Record<FigureType, number>> = { float32: 4, uint8: 1, int32: 4, int64: 8 };

export function figureBytes(type: FigureType, count: number): number {
  return bytesOf[type] * count;
}

/** A view; `at` is a multiple of eight. */
export function figuresAt(
  bytes: Uint8Array,
  at: number,
  { type, count }: { type: FigureType; count: number },
): TensorData {
  const { buffer } = bytes;
  const offset = bytes.byteOffset + at;
  switch (type) {
    case "float32":
      return new Float32Array(buffer, offset, count);
    case "uint8":
      return new Uint8Array(buffer, offset, count);
    case "int32":
      return new Int32Array(buffer, offset, count);
    case "int64":
      return new BigInt64Array(buffer, offset, count);
  }
}
