/**
 * Apply: raw picture in, masked picture out. The only place that makes a MaskedFrame.
 *
 * The destination is memory that the encoder lends. Only visible spans are copied into it; every
 * other byte, row padding included, is filled with a constant. A pixel outside the opening is
 * therefore never read: what it was cannot matter, whatever the camera or a later bug does.
 *
 * Refuses (Fault `bug`) a frame or memory of another size than the opening's: the eye makes a new
 * masker when the picture changes size, and until then nothing passes.
 */
import { assert } from "../../../hal/fault.ts";
import type { FrameMemory, MaskedFrame, Plane, RawFrame } from "../../../hal/frame.ts";
import type { Opening, PlaneSpans } from "../../policy/opening.ts";
import { SpanViews } from "./span-views.ts";

/** Black in limited-range BT.601/709. */
export const maskY = 16;
export const maskChroma = 128;

export interface Masker {
  readonly opening: Opening;
  /** Fills `memory` and gives it back as the masked frame; timing is the raw frame's. */
  apply(raw: RawFrame, memory: FrameMemory): MaskedFrame;
}

export function createMasker(opening: Opening): Masker {
  const luma = { spans: opening.luma, views: new SpanViews(opening.luma), blank: maskY };
  const chroma = { spans: opening.chroma, views: new SpanViews(opening.chroma), blank: maskChroma };
  return {
    opening,
    apply(raw, memory) {
      checkSize(opening, raw);
      checkSize(opening, memory);
      copyOpening(raw.y, memory.y, luma);
      copyOpening(raw.u, memory.u, chroma);
      copyOpening(raw.v, memory.v, chroma);
      const { width, height, y, u, v } = memory;
      const picture = { width, height, y, u, v, ptsUs: raw.ptsUs, sequence: raw.sequence };
      return picture as unknown as MaskedFrame;
    },
  };
}

function checkSize(opening: Opening, picture: { readonly width: number; readonly height: number }): void {
  assert(
    opening.width === picture.width && opening.height === picture.height,
    `mask of ${opening.width}x${opening.height} met a picture of ${picture.width}x${picture.height}`,
  );
}

interface Kind {
  readonly spans: PlaneSpans;
  readonly views: SpanViews;
  readonly blank: number;
}

function copyOpening(from: Plane, to: Plane, { spans, views, blank }: Kind): void {
  const target = to.data;
  let filled = 0; // everything in target before this offset is final
  let y = 0;
  views.of(from).forEach((view, i) => {
    while (2 * i >= (spans.starts[y + 1] ?? 0)) y += 1;
    const start = y * to.stride + (spans.spans[2 * i] ?? 0);
    if (start > filled) target.fill(blank, filled, start);
    target.set(view, start);
    filled = start + view.length;
  });
  target.fill(blank, filled);
}
