/**
 * Apply: raw picture in, masked picture out. The only place that makes a MaskedFrame.
 *
 * The destination is memory that the encoder lends. It is filled with a constant, row padding
 * included, and then the visible spans alone are copied into it. A pixel outside the opening is
 * therefore never read: what it was cannot matter, whatever the camera or a later bug does.
 *
 * Refuses (Fault `bug`) a frame or memory of another size than the opening's: the eye makes a new
 * masker when the picture changes size, and until then nothing passes.
 */
import { assert } from "../../../hal/fault.ts";
import type { FrameMemory, MaskedFrame, Plane, RawFrame } from "../../../hal/frame.ts";
import type { Opening, PlaneSpans } from "../../policy/opening.ts";
import { SpanViews } from "./span-views.ts";
import { TargetPlans } from "./target-plan.ts";

/** Black in limited-range BT.601/709. */
export const maskY = 16;
export const maskChroma = 128;

export interface Masker {
  readonly opening: Opening;
  /** Fills `memory` and gives it back as the masked frame; timing is the raw frame's. */
  apply(raw: RawFrame, memory: FrameMemory): MaskedFrame;
}

export function createMasker(opening: Opening): Masker {
  const luma = kindOf(opening.luma, maskY);
  const chroma = kindOf(opening.chroma, maskChroma);
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
  readonly views: SpanViews;
  readonly plans: TargetPlans;
  readonly blank: number;
}

function kindOf(spans: PlaneSpans, blank: number): Kind {
  return { views: new SpanViews(spans), plans: new TargetPlans(spans), blank };
}

function copyOpening(from: Plane, to: Plane, { views, plans, blank }: Kind): void {
  const { starts, blanks } = plans.of(to);
  for (let i = 0; i < blanks.length; i += 2) to.data.fill(blank, blanks[i], blanks[i + 1]);
  views.of(from).forEach((view, i) => to.data.set(view, starts[i]));
}
