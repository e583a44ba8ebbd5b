/**
 * Manifest, input: how a masked picture becomes the numbers that the file takes (input/ does it).
 *
 * One number of the tensor is (sample * scale - mean) / std, where a sample is 0..255 and mean and std have one
 * figure for each channel, in the tensor's order. `uint8` files take the samples as they are.
 */
import { z } from "zod";

export const maxInputSide = 1280;
/** Of a square, which is cut once for each of up to 16 regions of a frame. */
export const maxSquareSide = 320;

const side = z.int().min(8).max(maxInputSide);
const name = z.string().min(1).max(200);

export const inputSchema = z
  .strictObject({
    /** Of the file's picture input; not needed where it has one input only. */
    name: name.optional(),
    /** A second input, int64 1x2, that is told width and height (RT-DETR's orig_target_sizes). */
    sizeName: name.optional(),
    width: side,
    height: side,
    channels: z.enum(["rgb", "bgr", "gray"]),
    layout: z.enum(["nchw", "nhwc"]).default("nchw"),
    type: z.enum(["float32", "uint8"]).default("float32"),
    /** letterbox: shape kept, the rest padded. stretch: the whole input. square: a region with its context. */
    fit: z.enum(["letterbox", "stretch", "square"]),
    /** square only: side of the cut over the longer side of the region. */
    context: z.number().min(1).max(4).default(1),
    /** letterbox only: where the picture lies. YOLOX puts it top left, YOLOv5 and v8 in the middle. */
    align: z.enum(["start", "centre"]).default("start"),
    /** letterbox only: the sample in what the picture leaves free. */
    pad: z.int().min(0).max(255).default(114),
    scale: z.number().positive().max(1).default(1),
    mean: z.array(z.number()).optional(),
    std: z.array(z.number().positive()).optional(),
  })
  .superRefine((input, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const count = input.channels === "gray" ? 1 : 3;
    for (const key of ["mean", "std"] as const) {
      if (input[key] !== undefined && input[key].length !== count)
        issue(key, `has ${input[key].length} figures; ${input.channels} takes ${count}`);
    }
    if (input.type === "uint8" && (input.scale !== 1 || input.mean !== undefined || input.std !== undefined))
      issue("type", "uint8 takes samples as they are: no scale, mean or std");
    if (input.fit === "square" && input.width !== input.height)
      issue("height", "a square cut needs width = height");
    if (input.fit === "square" && input.width > maxSquareSide)
      issue("width", `a square cut has at most ${maxSquareSide} pixels a side`);
  });

export type InputSpec = z.output<typeof inputSchema>;

export function channelsOf({ channels }: Pick<InputSpec, "channels">): 1 | 3 {
  return channels === "gray" ? 1 : 3;
}

/** The tensor's dimensions, one picture. */
export function inputDims(input: Pick<InputSpec, "channels" | "layout" | "width" | "height">): number[] {
  const { layout, width, height } = input;
  return layout === "nchw" ? [1, channelsOf(input), height, width] : [1, height, width, channelsOf(input)];
}
