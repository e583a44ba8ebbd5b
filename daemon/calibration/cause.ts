/**
 * Cause: why something moved, as far as the way of its cells says. A sorting aid, never a decision.
 *
 * Asked in this order, the first that holds is the answer:
 *   light       the light became another one from two seconds before it began to one after; or it was
 *               dark, and for less than five seconds mostly a fifth of all cells stirred
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
/** Headlights and lamps do not last, and light up a good part of a dark picture. */
const flashMs = 5_000;
const close = { area: 1 / 3, growth: 2, overMs: 500 };
const all = { share: 0.2, across: 0.75 };
const briefMs = 1_500;
/** A step longer than this within a tenth of a second is a jump, and after a pause something else moves. */
const jump = 0.08;
const pauseMs = 500;
/** Of each step, so much counts: branches swing back. */
const smooth = 0.3;
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
  const isWide = median(strong.map(({ share }) => share)) >= all.share;
  const lengthMs = last.wallMs - first.wallMs;
  if (isWide && trail.light !== "bright" && lengthMs < flashMs) return "light";
  const across = strong.map(({ width, height }) => Math.min(width, height));
  if (isWide || median(across) >= all.across) return "everywhere";
  if (lengthMs < briefMs) return "brief";
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

/** How far a run without jumps and pauses gets from where it began; its places are smoothed. */
function longestWay(points: readonly TrailPoint[]): number {
  let longest = 0;
  let from: Place | undefined;
  let at: Place | undefined;
  let before: TrailPoint | undefined;
  for (const point of points) {
    if (from === undefined || at === undefined || before === undefined || isJump(before, point)) {
      from = point;
      at = point;
    } else {
      at = { x: at.x + (point.x - at.x) * smooth, y: at.y + (point.y - at.y) * smooth };
      longest = Math.max(longest, distance(from, at));
    }
    before = point;
  }
  return longest;
}

function isJump(a: TrailPoint, b: TrailPoint): boolean {
  const passedMs = b.wallMs - a.wallMs;
  return passedMs > pauseMs || distance(a, b) > jump * Math.max(1, passedMs / 100);
}

type Place = Pick<TrailPoint, "x" | "y">;

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
