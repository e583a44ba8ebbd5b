/**
 * Walk: a walk test as it goes: counting down, seen or not seen, the path, notes. Pure.
 *
 * Seen as soon as one picture is motion, not seen when none was for a moment: steps between two cells must not
 * flicker. Heat that does not come is neither: the walker is told so instead of a wrong answer. What is shown
 * here helps on the way; the report is counted by the doorbell from its journal.
 */
import type { Point } from "../../../hal/geometry.ts";

/** The walker climbs down. */
export const countdownMs = 5_000;
export const longestMs = 10 * 60_000;
export const mostNotes = 50;
const holdMs = 700;
export const silentMs = 1_500;
const pathEveryMs = 100;
const mostSteps = 6_000;

export interface Step {
  readonly wallMs: number;
  readonly at: Point;
  readonly seen: boolean;
}

export interface Note {
  readonly wallMs: number;
  readonly text: string;
}

export type Sight = "seen" | "unseen" | "silent";

export interface Walking {
  readonly fromWallMs: number;
  readonly sight: Sight;
  /** When motion was last seen, and heat last heard; null = not yet. */
  readonly motionWallMs: number | null;
  readonly heardWallMs: number | null;
  readonly firstStirWallMs: number | null;
  readonly firstSeenWallMs: number | null;
  /** Names of the zones of the newest picture that was motion. */
  readonly zones: readonly string[];
  readonly path: readonly Step[];
  readonly notes: readonly Note[];
}

export function startWalk(fromWallMs: number): Walking {
  return {
    fromWallMs,
    sight: "silent",
    motionWallMs: null,
    heardWallMs: null,
    firstStirWallMs: null,
    firstSeenWallMs: null,
    zones: [],
    path: [],
    notes: [],
  };
}

export interface Heard {
  readonly wallMs: number;
  readonly motion: boolean;
  readonly zones: readonly string[];
  /** Middle of what moves; null = nothing does. */
  readonly at: Point | null;
}

/** One picture's verdict. Pictures of before the walk are left out. */
export function heard(walk: Walking, { wallMs, motion, zones, at }: Heard): Walking {
  if (wallMs < walk.fromWallMs) return walk;
  const motionWallMs = motion ? wallMs : walk.motionWallMs;
  return {
    ...walk,
    motionWallMs,
    heardWallMs: wallMs,
    firstStirWallMs: walk.firstStirWallMs ?? (at === null ? null : wallMs),
    firstSeenWallMs: walk.firstSeenWallMs ?? (motion ? wallMs : null),
    zones: motion ? zones : walk.zones,
    sight: motionWallMs !== null && wallMs - motionWallMs < holdMs ? "seen" : "unseen",
    path: at === null ? walk.path : withStep(walk.path, { wallMs, at, seen: motion }),
  };
}

/** Time passes without a word. */
export function passed(walk: Walking, nowWallMs: number): Walking {
  const since = walk.heardWallMs ?? walk.fromWallMs;
  const silent = nowWallMs - since > silentMs;
  return silent && walk.sight !== "silent" ? { ...walk, sight: "silent" } : walk;
}

export function noted(walk: Walking, note: Note): Walking {
  return walk.notes.length >= mostNotes ? walk : { ...walk, notes: [...walk.notes, note] };
}

/** At most ten steps a second; a step that was seen is not lost to one that was not. */
function withStep(path: readonly Step[], step: Step): readonly Step[] {
  const last = path.at(-1);
  if (last === undefined || step.wallMs - last.wallMs >= pathEveryMs)
    return [...path, step].slice(-mostSteps);
  return step.seen && !last.seen ? [...path.slice(0, -1), { ...step, wallMs: last.wallMs }] : path;
}

/** From the first stir to the first sight, as this page saw it; null = not seen. */
export function delayOf({ firstStirWallMs, firstSeenWallMs }: Walking): number | null {
  return firstStirWallMs === null || firstSeenWallMs === null ? null : firstSeenWallMs - firstStirWallMs;
}
