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
import type { Opening, PlaneSpans } from "./opening.ts";

/** Black in limited-range BT.601/709. */
export const maskY = 16;
export const maskChroma = 128;

export interface Masker {
  readonly opening: Opening;
  /** Fills `memory` and gives it back as the masked frame; timing is the raw frame's. */
  apply(raw: RawFrame, memory: FrameMemory): MaskedFrame;
}

export function createMasker(opening: Opening): Masker {
  return {
    opening,
    apply(raw, memory) {
      checkSize(opening, raw);
      checkSize(opening, memory);
      copyOpening(raw.y, memory.y, { spans: opening.luma, blank: maskY });
      copyOpening(raw.u, memory.u, { spans: opening.chroma, blank: maskChroma });
      copyOpening(raw.v, memory.v, { spans: opening.chroma, blank: maskChroma });
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

function copyOpening(from: Plane, to: Plane, { spans, blank }: { spans: PlaneSpans; blank: number }): void {
  const [source, target] = [from.data, to.data];
  let filled = 0; // everything in target before this offset is final
  for (let y = 0; y < spans.height; y += 1) {
    const last = spans.starts[y + 1] ?? 0;
    for (let i = spans.starts[y] ?? 0; i < last; i += 2) {
      const [x0, x1] = [spans.spans[i] ?? 0, spans.spans[i + 1] ?? 0];
      const start = y * to.stride + x0;
      if (start > filled) target.fill(blank, filled, start);
      target.set(source.subarray(y * from.stride + x0, y * from.stride + x1), start);
      filled = start + (x1 - x0);
    }
  }
  target.fill(blank, filled);
}
