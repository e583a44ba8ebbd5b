/**
 * Picture: does a policy fit the picture that the camera gives now? Pure.
 *
 * A line is drawn in fractions on a picture of some size. It holds for every picture of the same
 * shape, whatever its resolution; another shape means another lens, another crop or another camera,
 * and the same fractions would lie elsewhere in the scene. Sizes are whole pixels, so one pixel of
 * rounding is no other shape.
 */
import { Fault } from "../../hal/fault.ts";
import type { FrameGeometry } from "../../hal/frame.ts";
import { rasteriseOpening } from "./opening.ts";
import type { Policy } from "./policy.ts";

export function sameShape(a: FrameGeometry, b: FrameGeometry): boolean {
  const [small, large] = a.width * a.height <= b.width * b.height ? [a, b] : [b, a];
  const width = (small.height * large.width) / large.height;
  const height = (small.width * large.height) / large.width;
  return Math.abs(small.width - width) <= 1 || Math.abs(small.height - height) <= 1;
}

/** Null = it fits; otherwise why everything is masked. */
export function pictureFault({ picture }: Pick<Policy, "picture">, size: FrameGeometry): Fault | null {
  if (sameShape(picture, size)) return null;
  const text = ({ width, height }: FrameGeometry): string => `${width}x${height}`;
  return new Fault(
    "denied",
    `the camera's picture is ${text(size)}, but the property line was drawn on ${text(picture)}, which has another shape`,
    { hint: "confirm the property line on the new picture, or draw it again" },
  );
}

/** Where areas are counted: fine enough for a tenth of a percent, whatever the camera's size. */
const countedSidePx = 960;

/** Part of the picture that a policy leaves visible, 0..1. */
export function visibleFracOf(policy: Policy): number {
  const { width, height } = policy.picture;
  const scale = countedSidePx / Math.max(width, height);
  const side = (px: number): number => Math.max(1, Math.round(px * scale));
  return rasteriseOpening({ width: side(width), height: side(height) }, policy).visibleFrac;
}
