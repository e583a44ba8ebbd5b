/**
 * View: where the picture lies on the stage, and which place of it is under a finger.
 *
 * Pure. Places are those of the drawing (frame.ts). At zoom 1 the whole picture fits, with a margin so that corners on its border can be
 * grabbed all round. Stage coordinates are CSS pixels from its top left.
 */
import type { Point } from "../../hal/geometry.ts";
import { drawnAs, type Frame, seenAs } from "./frame.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly stage: Size;
  readonly picture: Size;
  /** 1 = the whole picture. */
  readonly zoom: number;
  /** What is seen in the middle of the stage, in fractions of the picture that is shown. */
  readonly centre: Point;
  readonly frame: Frame;
}

export const marginPx = 22;
export const mostZoom = 24;

export function wholeView(stage: Size, picture: Size, frame: Frame = null): View {
  return { stage, picture, zoom: 1, centre: [0.5, 0.5], frame };
}

/** CSS pixels for one pixel of the picture. */
export function scaleOf({ stage, picture, zoom }: View): number {
  const across = (stage.width - 2 * marginPx) / Math.max(1, picture.width);
  const down = (stage.height - 2 * marginPx) / Math.max(1, picture.height);
  return Math.max(1e-3, Math.min(across, down)) * zoom;
}

export function toStage(view: View, place: Point): Point {
  return seenOnStage(view, seenAs(view.frame, place));
}

/** The same for a place of the picture that is shown. */
export function seenOnStage(view: View, [x, y]: Point): Point {
  const scale = scaleOf(view);
  return [
    view.stage.width / 2 + (x - view.centre[0]) * view.picture.width * scale,
    view.stage.height / 2 + (y - view.centre[1]) * view.picture.height * scale,
  ];
}

/** May lie outside the picture. */
export function toPicture(view: View, at: Point): Point {
  return drawnAs(view.frame, seenUnder(view, at));
}

function seenUnder(view: View, [x, y]: Point): Point {
  const scale = scaleOf(view);
  return [
    view.centre[0] + (x - view.stage.width / 2) / (view.picture.width * scale),
    view.centre[1] + (y - view.stage.height / 2) / (view.picture.height * scale),
  ];
}

/** `at` (on the stage) stays where it is. */
export function zoomAt(view: View, at: Point, factor: number): View {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  if (!Number.isFinite(zoom)) return view;
  const before = seenUnder(view, at);
  const moved = seenUnder({ ...view, zoom }, at);
  return withCentre({ ...view, zoom }, [
    view.centre[0] + before[0] - moved[0],
    view.centre[1] + before[1] - moved[1],
  ]);
}

/** By CSS pixels, as a finger drags it. */
export function pan(view: View, [byX, byY]: Point): View {
  const scale = scaleOf(view);
  return withCentre(view, [
    view.centre[0] - byX / (view.picture.width * scale),
    view.centre[1] - byY / (view.picture.height * scale),
  ]);
}

/** Pans so far that a place can be seen; what is seen already moves nothing. */
export function reveal(view: View, place: Point): View {
  const [x, y] = toStage(view, place);
  const over = (value: number, length: number): number =>
    value < marginPx ? marginPx - value : Math.min(0, length - marginPx - value);
  const by: Point = [over(x, view.stage.width), over(y, view.stage.height)];
  return by[0] === 0 && by[1] === 0 ? view : pan(view, by);
}

export function resize(view: View, stage: Size): View {
  return withCentre({ ...view, stage }, view.centre);
}

/** No farther than the picture's border in the margin of the stage. */
function withCentre(view: View, [x, y]: Point): View {
  const scale = scaleOf(view);
  const keep = (value: number, length: number, stage: number): number => {
    const half = Math.min(0.5, (stage / 2 - marginPx) / (length * scale));
    return Math.min(1 - half, Math.max(half, value));
  };
  const { picture, stage } = view;
  return { ...view, centre: [keep(x, picture.width, stage.width), keep(y, picture.height, stage.height)] };
}
