/**
 * Placement: which part of a frame is shown to a model, and where in its input that lies.
 *
 * letterbox keeps the shape and leaves the rest free; stretch fills the input; square cuts a square around a
 * region, with context, which may reach beyond the picture (its edge is repeated there).
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";
import type { InputSpec } from "../manifest-input.ts";

export interface Placement {
  /** Of the frame, in its pixels. */
  readonly part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** In the input, whole pixels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Fit = Pick<InputSpec, "width" | "height" | "fit" | "align" | "context">;

/** `region` matters for square only. */
export function place(input: Fit, frame: FrameGeometry, region: BoxPx): Placement {
  if (input.fit === "square") return { part: squareAround(region, input.context), ...whole(input) };
  const part = { x: 0, y: 0, width: frame.width, height: frame.height };
  if (input.fit === "stretch") return { part, ...whole(input) };
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const free = input.align === "centre" ? 0.5 : 0;
  return {
    part,
    left: Math.floor((input.width - width) * free),
    top: Math.floor((input.height - height) * free),
    width,
    height,
  };
}

function whole({ width, height }: Fit): Omit<Placement, "part"> {
  return { left: 0, top: 0, width, height };
}

function squareAround([x, y, w, h]: BoxPx, context: number): Placement["part"] {
  const side = Math.max(1, Math.max(w, h) * context);
  return { x: x + w / 2 - side / 2, y: y + h / 2 - side / 2, width: side, height: side };
}

/** Left, top, right, bottom in pixels of the input. */
export type Corners = readonly [left: number, top: number, right: number, bottom: number];

export function toInput({ part, left, top, width, height }: Placement, [x, y, w, h]: BoxPx): Corners {
  const [scaleX, scaleY] = [width / part.width, height / part.height];
  const [startX, startY] = [left + (x - part.x) * scaleX, top + (y - part.y) * scaleY];
  return [startX, startY, startX + w * scaleX, startY + h * scaleY];
}

/** Clipped to the frame; null when nothing of it lies there. */
export function toFrame(placement: Placement, frame: FrameGeometry, corners: Corners): BoxPx | null {
  const { part, left, top, width, height } = placement;
  const [scaleX, scaleY] = [part.width / width, part.height / height];
  const x0 = clip(part.x + (corners[0] - left) * scaleX, frame.width);
  const y0 = clip(part.y + (corners[1] - top) * scaleY, frame.height);
  const x1 = clip(part.x + (corners[2] - left) * scaleX, frame.width);
  const y1 = clip(part.y + (corners[3] - top) * scaleY, frame.height);
  return x1 > x0 && y1 > y0 ? [x0, y0, x1 - x0, y1 - y0] : null;
}

function clip(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
