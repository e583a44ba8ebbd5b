/**
 * View: which part of the plan is on the screen. Pure.
 *
 * The middle in plan metres (projection.ts) and plan metres for a pixel. Zooming keeps the point under the hand
 * where it is; the scale stays between a house and half the globe.
 */
import { stretchAt, toPlace, type Point } from "./projection.ts";

export interface View {
  readonly middle: Point;
  /** Plan metres a pixel. */
  readonly perPx: number;
}

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const leastPerPx = 0.2;
const mostPerPx = 200_000;
const mostY = 20_000_000;
/** What lies over the plan's edges: the buttons, and the scale. */
const buttonsPx = 56;
const scalePx = 44;

export function toScreen({ middle, perPx }: View, size: Size, point: Point): Point {
  return {
    x: size.widthPx / 2 + (point.x - middle.x) / perPx,
    y: size.heightPx / 2 + (point.y - middle.y) / perPx,
  };
}

export function fromScreen({ middle, perPx }: View, size: Size, at: Point): Point {
  return {
    x: middle.x + (at.x - size.widthPx / 2) * perPx,
    y: middle.y + (at.y - size.heightPx / 2) * perPx,
  };
}

export function panned(view: View, byPx: Point): View {
  return held({
    ...view,
    middle: { x: view.middle.x + byPx.x * view.perPx, y: view.middle.y + byPx.y * view.perPx },
  });
}

/** `factor` below 1 comes nearer; what is at `at` on the screen stays there. */
export function zoomed(view: View, size: Size, { factor, at }: { factor: number; at: Point }): View {
  const perPx = Math.min(mostPerPx, Math.max(leastPerPx, view.perPx * factor));
  const fixed = fromScreen(view, size, at);
  const middle = {
    x: fixed.x - (at.x - size.widthPx / 2) * perPx,
    y: fixed.y - (at.y - size.heightPx / 2) * perPx,
  };
  return held({ middle, perPx });
}

/** Shows all points, with room around them; `leastM`: never nearer than so many plan metres across. */
export function fitted(points: readonly Point[], size: Size, leastM = 1_500): View {
  const [first] = points;
  if (first === undefined) return { middle: { x: 0, y: 0 }, perPx: mostPerPx };
  const west = points.reduce((least, { x }) => Math.min(least, x), first.x);
  const east = points.reduce((most, { x }) => Math.max(most, x), first.x);
  const north = points.reduce((least, { y }) => Math.min(least, y), first.y);
  const south = points.reduce((most, { y }) => Math.max(most, y), first.y);
  const perPx = Math.max(
    Math.max(east - west, leastM) / Math.max(80, size.widthPx - 2 * buttonsPx),
    Math.max(south - north, leastM) / Math.max(80, size.heightPx - 2 * scalePx),
  );
  return held({
    middle: { x: (west + east) / 2, y: (north + south) / 2 },
    perPx: Math.min(mostPerPx, Math.max(leastPerPx, perPx)),
  });
}

function held({ middle, perPx }: View): View {
  const most = Math.PI * 6_371_008.8;
  return {
    middle: {
      x: Math.min(most, Math.max(-most, middle.x)),
      y: Math.min(mostY, Math.max(-mostY, middle.y)),
    },
    perPx,
  };
}

/** Metres on the ground for a pixel in the middle of the view. */
export function groundPerPx({ middle, perPx }: View): number {
  return perPx / stretchAt(toPlace(middle).lat);
}
