/**
 * Assign: which of the things seen is which of the tracks.
 *
 * By overlap of the boxes (IoU) with where the track is expected, as SORT does; where quick feet and few looks leave no
 * overlap, by distance within a gate that grows with time. What surely does not matter (a tree, the place where a parcel was)
 * goes nowhere: its gate does not grow, or whoever comes next, anywhere, would be taken for it. Greedy, best pair first: with
 * at most a handful of regions it finds what the Hungarian method finds, and ties are broken by order, so that the same looks
 * give the same tracks.
 */
import { middleOf, overlap, type Box } from "./box.ts";
import { decided, leastToDiffer } from "./belief.ts";
import type { Seen } from "./seen.ts";
import { placeAt, type Track } from "./track.ts";

export interface Pair {
  readonly track: number;
  readonly seen: number;
}

/** A pair that is less alike is none. */
const leastAlike = 0.12;
/** What distance alone can be worth. */
const mostByDistance = 0.5;
/** A gate grows by this many pictures a second since the track was seen. */
const quickest = 0.35;
/** Two labels that are both sure. */
const unlike = 0.25;

/** Indices of both lists; each is used once at most. */
export function assign(tracks: readonly Track[], seen: readonly Seen[], atUs: number): Pair[] {
  const pairs = tracks.flatMap((track, t) => {
    const expected = placeAt(track, atUs);
    return seen.flatMap((one, s) => {
      const alike = alikeness(track, expected, { seen: one, atUs });
      return alike >= leastAlike ? [{ track: t, seen: s, alike }] : [];
    });
  });
  pairs.sort((a, b) => b.alike - a.alike || a.track - b.track || a.seen - b.seen);
  const [takenTracks, takenSeen] = [new Set<number>(), new Set<number>()];
  const chosen: Pair[] = [];
  for (const { track, seen: s } of pairs) {
    if (takenTracks.has(track) || takenSeen.has(s)) continue;
    takenTracks.add(track);
    takenSeen.add(s);
    chosen.push({ track, seen: s });
  }
  return chosen;
}

function alikeness(track: Track, expected: Box, { seen, atUs }: { seen: Seen; atUs: number }): number {
  const seconds = goesNowhere(track) ? 0 : Math.min(2, Math.max(0, (atUs - track.lastUs) / 1e6));
  const near = nearness(expected, seen.box, seconds);
  const alike = overlap(expected, seen.box) + mostByDistance * near;
  return differ(track, seen) ? alike - unlike : alike;
}

/** 1 = the same middle, 0 = at the gate or beyond. */
function nearness(expected: Box, box: Box, seconds: number): number {
  const [ax, ay] = middleOf(expected);
  const [bx, by] = middleOf(box);
  const gateX = (expected[2] + box[2]) / 2 + quickest * seconds;
  const gateY = (expected[3] + box[3]) / 2 + quickest * seconds;
  const far = Math.max(Math.abs(ax - bx) / gateX, Math.abs(ay - by) / gateY);
  return Math.max(0, 1 - far);
}

function goesNowhere({ belief }: Track): boolean {
  const is = decided(belief);
  return is !== null && is.label === "other" && is.score >= leastToDiffer;
}

function differ({ belief }: Track, { label, score }: Seen): boolean {
  const is = decided(belief);
  return is !== null && is.label !== label && is.score >= leastToDiffer && score >= leastToDiffer;
}
