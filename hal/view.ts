/**
 * View: which part of the sensor's picture is used, and which way up. Pure.
 *
 * First the crop, in fractions of the picture as the camera delivers it, rounded outwards to whole
 * blocks of colour (2x2 pixels); then the turn, clockwise. `viewOf` says exactly which pixels of the
 * sensor that is, so that what is said of the sensor's picture (the property line) can be carried
 * over without loss (daemon/policy/view.ts). A last odd row or column stays out of a turned picture:
 * its colour would shift by a pixel.
 */
import { Fault } from "./fault.ts";
import type { FrameGeometry } from "./frame.ts";
import type { BoxPx } from "./geometry.ts";

export const turns = [0, 90, 180, 270] as const;
export type Turn = (typeof turns)[number];

export interface View {
  /** Degrees, clockwise. */
  readonly rotate: Turn;
  /** Left, top, width, height in fractions of the sensor's picture. */
  readonly crop: readonly [x: number, y: number, w: number, h: number];
}

export const wholeView: View = { rotate: 0, crop: [0, 0, 1, 1] };

/** A view of a sensor of a known size. */
export interface ViewGeometry {
  readonly sensor: FrameGeometry;
  /** What is left of it, in its pixels. */
  readonly box: BoxPx;
  readonly rotate: Turn;
  /** The picture that comes out. */
  readonly size: FrameGeometry;
}

/** Throws Fault `invalid` for a crop that leaves the picture or holds no pixel. */
export function viewOf(sensor: FrameGeometry, { rotate, crop }: View): ViewGeometry {
  const [left, width] = span(sensor.width, crop[0], crop[2], rotate !== 0);
  const [top, height] = span(sensor.height, crop[1], crop[3], rotate !== 0);
  if (
    width < 2 ||
    height < 2 ||
    left < 0 ||
    top < 0 ||
    left + width > sensor.width ||
    top + height > sensor.height
  )
    throw new Fault("invalid", `camera.crop ${crop.join(", ")} is no part of the picture`, {
      hint: "left, top, width, height, each from 0 to 1; 0, 0, 1, 1 is the whole picture",
    });
  const lies = rotate === 90 || rotate === 270;
  return {
    sensor,
    box: [left, top, width, height],
    rotate,
    size: lies ? { width: height, height: width } : { width, height },
  };
}

/** Even at both ends, or at the picture's own end where nothing is turned. */
function span(
  sidePx: number,
  from: number,
  length: number,
  turned: boolean,
): [start: number, length: number] {
  const start = 2 * Math.floor((from * sidePx) / 2);
  const most = turned ? sidePx - (sidePx % 2) : sidePx;
  const end = Math.min(most, 2 * Math.ceil((Math.min(1, from + length) * sidePx) / 2));
  return [start, end - start];
}

export function isWhole({ sensor, box, rotate }: ViewGeometry): boolean {
  return rotate === 0 && box[2] === sensor.width && box[3] === sensor.height;
}
