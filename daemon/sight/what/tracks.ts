/**
 * Tracks: what was seen in single frames, joined over time, so that one visitor is one track.
 *
 * SORT (Bewley et al. 2016) with the second pass of ByteTrack (Zhang et al. 2022), changed for boxes of movement
 * instead of boxes of bodies (README.md): parts of a body that moved apart are put together again, two bodies that moved
 * as one region keep both tracks, and whoever stands still, and so moves nothing, is held where he stood. Only at the
 * line or at the border of the picture can anybody be gone at once. Pure: media time in, at most `mostTracks` kept.
 */
import { assign } from "./assign.ts";
import { areaOf, grown, shareIn, union, type Box } from "./box.ts";
import type { Edge } from "./edge.ts";
import type { Look, Seen } from "./seen.ts";
import { beginTrack, placeAt, seeTrack, whatIs, type Track } from "./track.ts";

export const mostTracks = 16;
/** A second pass for answers that are less sure: they go on with a track, and begin none. */
const sureScore = 0.5;
/** Held so long where it was last seen: away from every edge, at an edge, and when nothing was decided of it. */
const heldUs = { inside: 60_000_000, edge: 2_500_000, undecided: 1_500_000, other: 4_000_000 } as const;
/** Nobody is held for longer: where no model answers no look ends a track. */
export const mostHeldUs = heldUs.inside;
/** This near to line or border it may have gone over it, in heights of the picture. */
const edgeMargin = 0.03;
/** "Nothing that matters", said so often in a row of the place of a track: it is not there any more. */
const mostDenied = { held: 3, moving: 5 } as const;
/** Before so many looks such a word only counts against what the track is believed to be. */
const knownLooks = 3;
/** A box of which this much lies in a larger one is part of it. */
const partFrac = 0.6;
const hiddenFrac = 0.4;

export interface TrackStep {
  readonly begun: readonly Track[];
  readonly ended: readonly Track[];
}

export class Tracks {
  readonly #edge: Edge;
  #tracks: readonly Track[] = [];
  #count = 0;

  constructor(edge: Edge) {
    this.#edge = edge;
  }

  /** Seen lately, or held. */
  get all(): readonly Track[] {
    return this.#tracks;
  }

  see({ atUs, seen: all }: Look): TrackStep {
    const late = this.#expire(atUs);
    const denials = all.filter((one) => this.#tracks.some((track) => denies(one, track, atUs)));
    const seen = all.filter((one) => !denials.includes(one));
    const sure = seen.filter(({ score }) => score >= sureScore);
    const unsure = seen.filter(({ score }) => score < sureScore);
    const first = this.#pair(this.#tracks, sure, atUs);
    const second = this.#pair(first.unseen, unsure, atUs);
    const matched = joinParts([...first.matched, ...second.matched], first.over);
    const begun = this.#begin(matched.over, atUs);
    const now = matched.tracks.map(({ track, seen: one }) => seeTrack(track, one, atUs));
    const boxes = [...now, ...begun].map(({ box }) => box);
    const { kept, ended } = this.#hold(second.unseen, { atUs, boxes, denials });
    this.#tracks = this.#bounded([...now, ...begun, ...kept]);
    return { begun, ended: [...late, ...ended] };
  }

  /** Between two looks there may be hours. */
  #expire(atUs: number): Track[] {
    const over = (track: Track): boolean => isLate(track, atUs, this.#patienceUs(track, { atUs, boxes: [] }));
    const late = this.#tracks.filter(over);
    this.#tracks = this.#tracks.filter((track) => !over(track));
    return late;
  }

  #pair(tracks: readonly Track[], seen: readonly Seen[], atUs: number): Paired {
    const pairs = assign(tracks, seen, atUs);
    const matched = pairs.flatMap((pair): Match[] => {
      const [track, one] = [tracks[pair.track], seen[pair.seen]];
      return track === undefined || one === undefined ? [] : [{ track, seen: one }];
    });
    const used = new Set(matched.map(({ track }) => track));
    const taken = new Set(matched.map(({ seen: one }) => one));
    return {
      matched,
      unseen: tracks.filter((track) => !used.has(track)),
      over: seen.filter((one) => !taken.has(one)),
    };
  }

  #begin(seen: readonly Seen[], atUs: number): Track[] {
    const room = mostTracks - this.#tracks.filter(({ held }) => !held).length;
    return seen
      .filter(({ box, begins }) => areaOf(box) > 0 && begins !== false)
      .slice(0, Math.max(0, room))
      .map((one) => {
        const fromLine = this.#edge.lineDistance(one.box) <= edgeMargin;
        return beginTrack((this.#count += 1), one, { atUs, fromLine });
      });
  }

  /** Those that were not seen: hidden by another, standing still, or gone. */
  #hold(unseen: readonly Track[], now: Now): { kept: Track[]; ended: Track[] } {
    const [kept, ended]: [Track[], Track[]] = [[], []];
    const isDenied = (track: Track): boolean => now.denials.some((one) => denies(one, track, now.atUs));
    for (const track of unseen) {
      const held = { ...track, held: true, denied: track.denied + (isDenied(track) ? 1 : 0) };
      if (
        isLate(held, now.atUs, this.#patienceUs(held, now)) ||
        held.denied >= mostDenied[track.held ? "held" : "moving"]
      )
        ended.push(held);
      else kept.push(held);
    }
    return { kept, ended };
  }

  #patienceUs(track: Track, { atUs, boxes }: Omit<Now, "denials">): number {
    const what = whatIs(track);
    const place = placeAt(track, atUs);
    if (what === null) return heldUs.undecided;
    if (what.label === "other") return heldUs.other;
    if (boxes.some((box) => shareIn(place, box) >= hiddenFrac)) return heldUs.inside;
    const edge = Math.min(this.#edge.lineDistance(track.box), this.#edge.borderDistance(track.box));
    return edge <= edgeMargin ? heldUs.edge : heldUs.inside;
  }

  /** The latest seen are kept. */
  #bounded(tracks: readonly Track[]): readonly Track[] {
    if (tracks.length <= mostTracks) return tracks;
    return tracks.toSorted((a, b) => b.lastUs - a.lastUs || a.id - b.id).slice(0, mostTracks);
  }
}

interface Match {
  readonly track: Track;
  readonly seen: Seen;
}

interface Paired {
  readonly matched: readonly Match[];
  readonly unseen: readonly Track[];
  readonly over: readonly Seen[];
}

interface Now {
  readonly atUs: number;
  /** Of the tracks that were seen. */
  readonly boxes: readonly Box[];
  readonly denials: readonly Seen[];
}

/**
 * Somebody looked where a known track should be, and there is nothing that matters: that is no sight of it. Who matters may
 * go and leave a shadow that moves; nothing that matters never becomes somebody. Where nothing moves and it was asked
 * for, only the same label, and surely, is a sight of it.
 */
function denies({ label, score, box, still }: Seen, track: Track, atUs: number): boolean {
  if (track.belief.looks < knownLooks) return false;
  const what = whatIs(track);
  if (what === null || what.label === "other") return false;
  const sees = still === true ? label === what.label && score >= sureScore : label !== "other";
  if (sees) return false;
  const place = placeAt(track, atUs);
  return shareIn(place, box) >= partFrac || shareIn(box, place) >= partFrac;
}

/**
 * Not seen for too long; or seen only when asked for, and not moved for the longest that anybody is held. What does not matter
 * is nobody who stands still: that its place is asked for does not hold it, or whoever comes next were taken for it.
 */
function isLate(track: Track, atUs: number, patienceUs: number): boolean {
  const { lastUs, movedUs } = track;
  const seenUs = whatIs(track)?.label === "other" ? movedUs : lastUs;
  return atUs - seenUs > patienceUs || atUs - movedUs > heldUs.inside;
}

/** What is left over beside a track that was seen: a leg, a shadow, a bag of the same body is part of it. */
function joinParts(
  matched: readonly Match[],
  over: readonly Seen[],
): { readonly tracks: readonly Match[]; readonly over: readonly Seen[] } {
  let tracks = matched;
  const others = over.filter((one) => {
    const at = tracks.findIndex(({ track, seen }) => isPart(one, seen, track));
    const whole = tracks[at];
    if (whole === undefined) return true;
    const seen = { ...whole.seen, box: union(whole.seen.box, one.box) };
    tracks = tracks.with(at, { ...whole, seen });
    return false;
  });
  return { tracks, over: others };
}

/** In a strip around the body as it is, or inside its outline as it was. */
function isPart({ box }: Seen, { box: body }: Seen, { box: before }: Track): boolean {
  return shareIn(box, grown(body, 0.25)) >= partFrac || shareIn(box, before) >= partFrac;
}
