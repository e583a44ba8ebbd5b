/**
 * Street: who passes by without coming in, as pure functions of (seed, porch time).
 *
 * Time is cut into slots per lane; a hash says whether a slot brings somebody, when and how
 * fast. Nobody here ever enters the property, except the cat, whose garden it is.
 */
import { between, chance, hash } from "./math.ts";
import { type Place, placeAt, TrackBuilder, type KeyPoint, trackEndMs } from "./track.ts";

export interface Passer {
  readonly id: string;
  readonly look: number;
  readonly place: Place;
}

interface Lane {
  readonly kind: "car" | "walker";
  readonly name: string;
  readonly z: number;
  /** +1 to the right. */
  readonly direction: 1 | -1;
  readonly slotMs: number;
  readonly likely: number;
  readonly halfSpanM: number;
  readonly slowMps: number;
  readonly fastMps: number;
}

/** Lanes of the street (people drive on the right) and the two pavements. */
const lanes: readonly Lane[] = [
  {
    kind: "car",
    name: "near",
    z: 13,
    direction: 1,
    slotMs: 11_000,
    likely: 0.6,
    halfSpanM: 20,
    slowMps: 7,
    fastMps: 11.5,
  },
  {
    kind: "car",
    name: "far",
    z: 16.1,
    direction: -1,
    slotMs: 13_000,
    likely: 0.55,
    halfSpanM: 24,
    slowMps: 7,
    fastMps: 12,
  },
  {
    kind: "walker",
    name: "here",
    z: 10.4,
    direction: -1,
    slotMs: 38_000,
    likely: 0.6,
    halfSpanM: 15,
    slowMps: 1.1,
    fastMps: 1.6,
  },
  {
    kind: "walker",
    name: "there",
    z: 18.4,
    direction: 1,
    slotMs: 45_000,
    likely: 0.7,
    halfSpanM: 25,
    slowMps: 1.1,
    fastMps: 1.6,
  },
];

/** How many slots of history can still be crossing. */
const history = 2;

function passersOf(seed: number, lane: Lane, tMs: number): Passer[] {
  const laneSeed = hash(seed, 0x57ee, lane.z * 10);
  const found: Passer[] = [];
  const now = Math.floor(tMs / lane.slotMs);
  for (let slot = now - history; slot <= now; slot += 1) {
    if (chance(laneSeed, slot, 1) >= lane.likely) continue;
    const startMs = Math.round((slot + 0.55 * chance(laneSeed, slot, 2)) * lane.slotMs);
    const mps = between(lane.slowMps, lane.fastMps, chance(laneSeed, slot, 3));
    const walkedM = ((tMs - startMs) / 1000) * mps;
    if (walkedM < 0 || walkedM >= lane.halfSpanM * 2) continue;
    const z = lane.z + between(-0.25, 0.25, chance(laneSeed, slot, 4));
    found.push({
      id: `${lane.kind}-${lane.name}-${slot}`,
      look: hash(laneSeed, slot, 5),
      place: {
        x: lane.direction * (walkedM - lane.halfSpanM),
        z,
        headX: lane.direction,
        headZ: 0,
        walkedM,
        speedMps: mps,
      },
    });
  }
  return found;
}

export function carsAt(seed: number, tMs: number): Passer[] {
  return lanes.filter((lane) => lane.kind === "car").flatMap((lane) => passersOf(seed, lane, tMs));
}

export function walkersAt(seed: number, tMs: number): Passer[] {
  return lanes.filter((lane) => lane.kind === "walker").flatMap((lane) => passersOf(seed, lane, tMs));
}

const catSlotMs = 150_000;
const catLikely = 0.55;

/** The cat of this slot of time: over the lawn, across the path, sometimes up on the porch. */
export function catTrack(seed: number, slot: number): readonly KeyPoint[] | null {
  const draw = (what: number): number => chance(seed, 0xca7, slot, what);
  if (slot < 0 || draw(1) >= catLikely) return null;
  const startMs = Math.round((slot + between(0.35, 0.6, draw(2))) * catSlotMs);
  const mps = between(0.55, 0.9, draw(3));
  const track = new TrackBuilder(startMs, 5.9, between(6.5, 8, draw(4)));
  if (draw(5) < 0.5) {
    track.walk(2.2, 5.2, mps).wait(between(1_500, 4_000, draw(6)));
    track.walk(-1, 4.6, mps).walk(-4.1, between(5, 7, draw(7)), mps);
  } else {
    track
      .walk(1.6, 4.6, mps)
      .walk(0.3, 3.7, mps)
      .walk(-0.1, 2.75, mps * 0.8);
    track
      .wait(between(2_500, 6_000, draw(6)))
      .walk(0.5, 3.8, mps)
      .walk(2.6, 5, mps)
      .walk(5.9, 7, mps * 1.3);
  }
  return track.points;
}

export function catsAt(seed: number, tMs: number): Passer[] {
  const found: Passer[] = [];
  const now = Math.floor(tMs / catSlotMs);
  for (let slot = now - 1; slot <= now; slot += 1) {
    const track = catTrack(seed, slot);
    const place = track === null ? null : placeAt(track, tMs, [-0.6, -0.8]);
    if (place !== null) found.push({ id: `cat-${slot}`, look: hash(seed, 0xca7, slot, 9), place });
  }
  return found;
}

/** Cat tracks that touch the span. */
export function catTracks(seed: number, fromMs: number, toMs: number): (readonly KeyPoint[])[] {
  const found: (readonly KeyPoint[])[] = [];
  const last = Math.floor(toMs / catSlotMs);
  for (let slot = Math.max(0, Math.floor(fromMs / catSlotMs) - 1); slot <= last; slot += 1) {
    const track = catTrack(seed, slot);
    if (track !== null && (track[0]?.atMs ?? 0) <= toMs && trackEndMs(track) >= fromMs) found.push(track);
  }
  return found;
}
