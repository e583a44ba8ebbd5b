/**
 * Track: one thing that moved, over time. Where it was, where it is going, what it is believed to be.
 *
 * Its place is predicted with constant velocity, smoothed by a fixed gain (an alpha-beta filter, which is what the
 * Kalman filter of SORT settles to). Its history is bounded: first place, latest place, nothing between.
 */
import { areaOf, middleOf, moved, overlap, shareIn, type Box } from "./box.ts";
import { believe, decided, noBelief, type Belief, type Believed } from "./belief.ts";
import type { Seen } from "./seen.ts";

export interface Track {
  /** Counts up from 1; says nothing about who it is. */
  readonly id: number;
  readonly firstUs: number;
  /** When it was last seen. */
  readonly lastUs: number;
  /** When it last moved; what was seen of it since was asked for. */
  readonly movedUs: number;
  readonly first: Box;
  readonly box: Box;
  /** Of its middle, in pictures a second. */
  readonly velocity: readonly [x: number, y: number];
  readonly belief: Belief;
  /** Not seen in the latest look: it stands still, or something hides it. */
  readonly held: boolean;
  /** Looks in a row that asked at its place while it was held, and were told of nothing that matters. */
  readonly denied: number;
  /** It began at the property line. */
  readonly fromLine: boolean;
}

/** How much of what the prediction missed goes into place and velocity. */
const gain = { place: 0.85, velocity: 0.45 } as const;
/** A box of which so much lies in the body as it was is a part of it; and how much of that is believed in one look. */
const insideFrac = 0.85;
const shrink = 0.25;
/** Where hardly anything moves, a box that is less alike is of a thing behind it. */
const sameBody = 0.5;
/** Nobody goes on like that for longer without being seen. */
const furthestS = 1.2;

export function beginTrack(
  id: number,
  seen: Seen,
  { atUs, fromLine }: { atUs: number; fromLine: boolean },
): Track {
  return {
    id,
    firstUs: atUs,
    lastUs: atUs,
    movedUs: atUs,
    first: seen.box,
    box: seen.box,
    velocity: [0, 0],
    belief: believe(noBelief, seen, weightOf(seen)),
    held: false,
    denied: 0,
    fromLine,
  };
}

/** Where it is expected to be. */
export function placeAt({ box, velocity, lastUs, held }: Track, atUs: number): Box {
  const s = Math.max(0, (atUs - lastUs) / 1e6);
  if (held && s > furthestS) return box;
  const far = Math.min(s, furthestS);
  return moved(box, velocity[0] * far, velocity[1] * far);
}

export function seeTrack(track: Track, seen: Seen, atUs: number): Track {
  const body = placeAt(track, atUs);
  const parked = seen.begins === false && overlap(body, seen.box) < sameBody;
  if (seen.still === true || parked) {
    const belief = believe(track.belief, seen, weightOf(seen));
    const movedUs = seen.still === true ? track.movedUs : atUs;
    return { ...track, lastUs: atUs, movedUs, velocity: [0, 0], belief, held: false, denied: 0 };
  }
  const box = shareIn(seen.box, body) >= insideFrac ? towards(body, seen.box) : seen.box;
  const expected = middleOf(body);
  const [x, y] = middleOf(box);
  const [dx, dy] = [x - expected[0], y - expected[1]];
  const s = Math.max(0.05, (atUs - track.lastUs) / 1e6);
  const [vx, vy] = s > 2 * furthestS ? [0, 0] : track.velocity;
  return {
    ...track,
    lastUs: atUs,
    movedUs: atUs,
    box: moved(box, -dx * (1 - gain.place), -dy * (1 - gain.place)),
    velocity: [vx + (gain.velocity * dx) / s, vy + (gain.velocity * dy) / s],
    belief: believe(track.belief, seen, weightOf(seen)),
    held: false,
    denied: 0,
  };
}

/** Far away there is less to be told by: a box of a hundredth of the picture or more counts whole. */
function weightOf({ box }: Seen): number {
  return Math.max(0.3, Math.min(1, Math.sqrt(areaOf(box) / 0.01)));
}

/** Who stands nearly still moves only a hand or a foot: a body shrinks no faster than somebody walks away. */
function towards(body: Box, part: Box): Box {
  const at = (i: 0 | 1 | 2 | 3): number => body[i] + (part[i] - body[i]) * shrink;
  return [at(0), at(1), at(2), at(3)];
}

/** What it is, once that is known. */
export function whatIs(track: Track): Believed | null {
  return decided(track.belief);
}

export function isA(track: Track, label: Believed["label"]): boolean {
  return whatIs(track)?.label === label;
}
