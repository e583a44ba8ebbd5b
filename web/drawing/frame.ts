/**
 * Frame: from what is drawn to what is seen, where the camera's picture is turned or cropped.
 *
 * A drawing speaks of the sensor's picture, so that its corners keep their numbers when the setting
 * changes; a person sees and moves them in the picture that is shown. Null = it is shown as it is:
 * then both are the same numbers.
 */
import { pointInView, pointOnSensor, shapeInView } from "../../daemon/policy/view.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { Point } from "../../hal/geometry.ts";
import type { ViewGeometry } from "../../hal/view.ts";
import type { FrameGeometry } from "../../hal/frame.ts";

export type Frame = ViewGeometry | null;

/** Where a place of the drawing is seen; may lie outside what is shown. */
export function seenAs(frame: Frame, place: Point): Point {
  return frame === null ? place : pointInView(place, frame);
}

/** The place of the drawing that is seen there; may lie outside the sensor's picture. */
export function drawnAs(frame: Frame, seen: Point): Point {
  return frame === null ? seen : pointOnSensor(seen, frame);
}

/** A step as it is seen, as a step of the drawing. */
export function stepDrawnAs(frame: Frame, by: Point): Point {
  if (frame === null) return by;
  const [from, to] = [pointOnSensor([0, 0], frame), pointOnSensor(by, frame)];
  return [to[0] - from[0], to[1] - from[1]];
}

export function maskAsSeen(frame: Frame, mask: MaskShape | null): MaskShape | null {
  return frame === null || mask === null ? mask : shapeInView(mask, frame);
}

/** Only when the picture was made with this view: it may have been set anew since. */
export function frameOf(view: ViewGeometry, picture: FrameGeometry): Frame {
  return view.size.width === picture.width && view.size.height === picture.height ? view : null;
}
