/**
 * Grid: the lines of the plan, at round distances, and the bar that says how long one is. Pure.
 *
 * Steps are 1, 2 or 5 times a power of ten metres, whichever is nearest above `leastPx` on the screen.
 */
import { stretchAt, toPlace } from "./projection.ts";
import { fromScreen, groundPerPx, type Size, type View } from "./view.ts";

const leastPx = 64;

/** Metres on the ground between two lines. */
export function gridStepM(view: View): number {
  const wanted = groundPerPx(view) * leastPx;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const times = [1, 2, 5, 10].find((each) => each * power >= wanted * 0.999_999) ?? 10;
  return times * power;
}

export interface GridLines {
  /** On the screen, in pixels. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** The step is right in the middle of the view: lines stay where they are while one pans east or west. */
export function gridLines(view: View, size: Size): GridLines {
  const stepM = gridStepM(view) * stretchAt(toPlace(view.middle).lat);
  const from = fromScreen(view, size, { x: 0, y: 0 });
  const to = fromScreen(view, size, { x: size.widthPx, y: size.heightPx });
  return {
    xs: multiples(from.x, to.x, stepM).map((x) => (x - from.x) / view.perPx),
    ys: multiples(from.y, to.y, stepM).map((y) => (y - from.y) / view.perPx),
  };
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: Math.min(200, count) }, (_, i) => (first + i) * step);
}
