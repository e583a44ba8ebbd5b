/**
 * Edge: where the opening ends, as the tracks need it: at the property line, or at the border of the picture.
 *
 * What lies outside the line is masked, so whoever comes over it begins there. Sides of the polygon that run along the
 * border of the picture are no line: there the camera's view ends, not the property.
 */
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Point, Polygon } from "../../../hal/geometry.ts";
import type { Box } from "./box.ts";

type Segment = readonly [Point, Point];

export interface Edge {
  /** Is there any line in the picture? */
  readonly hasLine: boolean;
  /** From a box to the line, in heights of the picture; 0 = it touches or is cut by it. Infinity = there is none. */
  lineDistance(box: Box): number;
  /** To the border of the picture, the same way. */
  borderDistance(box: Box): number;
}

/** A corner this near to the border is on it. */
const onBorder = 0.004;

export function edgeOf(propertyLine: Polygon, { width, height }: FrameGeometry): Edge {
  const aspect = width / height;
  const segments = propertyLine
    .map((point, i): Segment => [propertyLine[i === 0 ? propertyLine.length - 1 : i - 1] ?? point, point])
    .filter((segment) => !runsAlongBorder(segment))
    .filter(inPicture);
  return {
    hasLine: segments.length > 0,
    lineDistance: (box) =>
      segments.reduce((least, segment) => Math.min(least, distance(segment, box, aspect)), Infinity),
    borderDistance: ([x, y, w, h]) => Math.max(0, Math.min(x * aspect, y, (1 - x - w) * aspect, 1 - y - h)),
  };
}

function runsAlongBorder([a, b]: Segment): boolean {
  const along = (axis: 0 | 1): boolean =>
    (a[axis] <= onBorder && b[axis] <= onBorder) || (a[axis] >= 1 - onBorder && b[axis] >= 1 - onBorder);
  return along(0) || along(1);
}

/** Some of it may be; a line drawn wholly beside the view never is. */
function inPicture([a, b]: Segment): boolean {
  return [0, 1].every(
    (axis) => Math.max(a[axis] ?? 0, b[axis] ?? 0) > 0 && Math.min(a[axis] ?? 0, b[axis] ?? 0) < 1,
  );
}

/** Exact: 0 where they cross, else from the ends to the box or from the corners to the segment. */
function distance([a, b]: Segment, [x, y, w, h]: Box, aspect: number): number {
  const from: Point = [a[0] * aspect, a[1]];
  const to: Point = [b[0] * aspect, b[1]];
  const [left, right, low] = [x * aspect, (x + w) * aspect, y + h];
  if (crosses(from, to, [left, y, right, low])) return 0;
  const toBox = ([px, py]: Point): number =>
    Math.hypot(Math.max(left - px, px - right, 0), Math.max(y - py, py - low, 0));
  const corners: Point[] = [
    [left, y],
    [right, y],
    [left, low],
    [right, low],
  ];
  return Math.min(toBox(from), toBox(to), ...corners.map((corner) => toSegment(corner, from, to)));
}

/** Liang and Barsky: is any part of the segment left after each side of the box has cut it? */
function crosses(
  from: Point,
  to: Point,
  [left, top, right, low]: readonly [number, number, number, number],
): boolean {
  let [enter, leave] = [0, 1];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const sides = [
    [-dx, from[0] - left],
    [dx, right - from[0]],
    [-dy, from[1] - top],
    [dy, low - from[1]],
  ] as const;
  for (const [towards, room] of sides) {
    if (towards === 0) {
      if (room < 0) return false;
    } else if (towards < 0) enter = Math.max(enter, room / towards);
    else leave = Math.min(leave, room / towards);
  }
  return enter <= leave;
}

function toSegment([px, py]: Point, from: Point, to: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((px - from[0]) * dx + (py - from[1]) * dy) / length;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(px - from[0] - t * dx, py - from[1] - t * dy);
}
