/**
 * Cause: why something moved, as far as the way of its cells says. A sorting aid, never a decision.
 *
 * Asked in this order, the first that holds is the answer:
 *   light       the light became another one from two seconds before it began to one after
 *   came-close  grew to a third of the picture, at least doubling, over half a second or more
 *   everywhere  most of the time a fifth of all cells stir, or the movement spans the picture both ways
 *   brief       over within a second and a half
 *   walked      went an eighth of the picture or further, step by step (not in jumps)
 *   stayed      everything else
 */
import type { Cause } from "../wire/api-calibration.ts";
import type { Tracks } from "./tracks.ts";
import type { Trail, TrailPoint } from "./trail.ts";

const lightMs = { before: 2_000, after: 1_000 };
const close = { area: 1 / 3, growth: 2, overMs: 500 };
const all = { share: 0.2, across: 0.75 };
const briefMs = 1_500;
/** A step longer than this within a tenth of a second is a jump: something else moves. */
const jump = 0.15;
const way = 1 / 8;

export function causeOf(trail: Trail, tracks: Pick<Tracks, "lightChanges">): Cause {
  const { points } = trail;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "brief";
  const lit = tracks.lightChanges
    .slice(1) // the first one is how it was
    .some(({ wallMs }) => wallMs >= first.wallMs - lightMs.before && wallMs <= first.wallMs + lightMs.after);
  if (lit) return "light";
  const strong = points.filter(({ level }) => level >= trail.best / 2);
  if (cameClose(strong)) return "came-close";
  const across = strong.map(({ width, height }) => Math.min(width, height));
  if (median(strong.map(({ share }) => share)) >= all.share || median(across) >= all.across)
    return "everywhere";
  if (last.wallMs - first.wallMs < briefMs) return "brief";
  return longestWay(points) >= way ? "walked" : "stayed";
}

function cameClose(points: readonly TrailPoint[]): boolean {
  let least = Infinity;
  let since = 0;
  for (const { wallMs, width, height } of points) {
    const area = width * height;
    if (area < least) [least, since] = [area, wallMs];
    if (area >= close.area && area >= close.growth * least && wallMs - since >= close.overMs) return true;
  }
  return false;
}

/** How far a run without jumps gets from where it began. */
function longestWay(points: readonly TrailPoint[]): number {
  let longest = 0;
  let from: TrailPoint | undefined;
  let before: TrailPoint | undefined;
  for (const point of points) {
    if (from === undefined || before === undefined || distance(before, point) > jump) from = point;
    longest = Math.max(longest, distance(from, point));
    before = point;
  }
  return longest;
}

function distance(a: TrailPoint, b: TrailPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
