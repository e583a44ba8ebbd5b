/**
 * Visit: one caller from the pavement to the door and back, planned ahead from a number.
 *
 * A caller walks up the garden path, rings, steps back, waits and leaves. A delivery first puts
 * a parcel on the mat and does not wait; some time later somebody of the house fetches it.
 * All of it is fixed by (seed, index, the time the caller passes the gate).
 */
import { between, chance, hash, smooth } from "./math.ts";
import { pathX, plan } from "./plan.ts";
import type { VisitorKind } from "./settings.ts";
import { type KeyPoint, TrackBuilder, trackEndMs } from "./track.ts";

export interface Walk {
  readonly id: string;
  readonly look: number;
  readonly track: readonly KeyPoint[];
  /** Arm at the button around these times. */
  readonly reachAtMs: number | null;
  /** A box is in the hands from..to. */
  readonly carryMs: readonly [number, number] | null;
  /** Bent down to the mat around this time. */
  readonly bendAtMs: number | null;
  readonly role: "visitor" | "courier" | "resident" | "prowler";
  /** Up at the lens from..to: stands on the ledge below it, so that the face reaches it. */
  readonly near?: readonly [number, number] | null;
  /** Never quite still while standing. */
  readonly sways?: boolean;
}

export interface Parcel {
  readonly id: string;
  readonly look: number;
  readonly x: number;
  readonly z: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Visit {
  readonly kind: VisitorKind;
  readonly walks: readonly Walk[];
  readonly parcel: Parcel | null;
  /** Null: does not ring. */
  readonly pressAtMs: number | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** No visit lasts longer from its gate time, nor begins earlier before it. */
export const visitReachMs = { before: 12_000, after: 140_000 } as const;

const bendMs = 1_500;
const carryOutMs = 700;

export function alongPath(track: TrackBuilder, fromZ: number, toZ: number, laneX: number, mps: number): void {
  const steps = 14;
  for (let i = 1; i <= steps; i += 1) {
    const z = fromZ + ((toZ - fromZ) * i) / steps;
    const nearDoor = 1 - Math.min(1, z / 5);
    track.walk(pathX(z) + laneX * (0.35 + 0.65 * nearDoor), z, mps);
  }
}

export function planVisit(seed: number, index: number, gateMs: number): Visit {
  const draw = (what: number): number => chance(seed, 0x715, index, what);
  const courier = index > 0 && (index === 1 || draw(1) < 0.35);
  const laneX = [-0.06, 0.34, -0.4][index % 3] ?? 0;
  const fromLeft = draw(2) < 0.5;
  const leaveLeft = draw(3) < 0.5;
  const mps = index === 0 ? 1.4 : between(1.15, 1.5, draw(4)) + (courier ? 0.25 : 0);
  const gateX = 3.2;
  const pavementZ = between(10.1, 10.7, draw(5));
  const doorZ = between(1.38, 1.5, draw(6));

  const lead = new TrackBuilder(0, gateX + (fromLeft ? -9.5 : 8), pavementZ)
    .walk(gateX, pavementZ - 0.2, mps)
    .walk(gateX, plan.front.z, mps);
  const track = new TrackBuilder(gateMs - lead.nowMs, gateX + (fromLeft ? -9.5 : 8), pavementZ)
    .walk(gateX, pavementZ - 0.2, mps)
    .walk(gateX, plan.front.z, mps);

  let carryMs: Walk["carryMs"] = null;
  let bendAtMs: number | null = null;
  let parcel: { x: number; z: number; fromMs: number } | null = null;
  if (courier) {
    alongPath(track, plan.front.z, 2.95, 0.3, mps);
    bendAtMs = track.nowMs + bendMs / 2;
    carryMs = [0, bendAtMs];
    parcel = { x: between(0.1, 0.36, draw(7)), z: between(2.36, 2.5, draw(8)), fromMs: bendAtMs };
    track.wait(bendMs).walk(-0.35, 2.3, mps).walk(-0.25, doorZ, mps);
  } else {
    alongPath(track, plan.front.z, doorZ, laneX, mps);
  }
  const reachAtMs = track.nowMs + 700;
  track.wait(1_250);
  const waitX = courier ? -0.4 : laneX + between(-0.1, 0.1, draw(9));
  const waitZ = between(1.85, 2.15, draw(10));
  track.walk(waitX, waitZ, 0.8);
  if (!courier) track.wait(between(5_000, 15_000, draw(11)));
  if (courier) track.walk(-0.5, 2.9, mps);
  alongPath(track, waitZ + (courier ? 1 : 0), plan.front.z, courier ? -0.3 : laneX, mps);
  track.walk(gateX, pavementZ - 0.2, mps).walk(gateX + (leaveLeft ? -9.5 : 8), pavementZ, mps);

  const walks: Walk[] = [
    {
      id: `visitor-${index}`,
      look: hash(seed, 0x100c, index),
      track: track.points,
      reachAtMs,
      carryMs,
      bendAtMs,
      role: courier ? "courier" : "visitor",
    },
  ];
  let box: Parcel | null = null;
  if (parcel !== null) {
    const fetch = planFetch(seed, index, trackEndMs(track.points) + between(6_000, 40_000, draw(12)));
    walks.push(fetch);
    box = {
      id: `parcel-${index}`,
      look: hash(seed, 0xb0c5, index),
      ...parcel,
      toMs: fetch.bendAtMs ?? trackEndMs(fetch.track),
    };
  }
  return {
    kind: "plain",
    walks,
    parcel: box,
    pressAtMs: reachAtMs,
    startMs: gateMs - lead.nowMs,
    endMs: Math.max(...walks.map((walk) => trackEndMs(walk.track))),
  };
}

/** Somebody of the house steps out, picks the parcel up and goes back in. */
function planFetch(seed: number, index: number, startMs: number): Walk {
  const track = new TrackBuilder(startMs, -2.1, 0.72).walk(-0.7, 1.5, 1).walk(0.1, 1.85, 0.9);
  const bendAtMs = track.nowMs + bendMs / 2;
  track.wait(bendMs).walk(-0.5, 1.6, 0.9).walk(-2.1, 0.72, 1);
  return {
    id: `resident-${index}`,
    look: hash(seed, 0x2e51),
    track: track.points,
    reachAtMs: null,
    carryMs: [bendAtMs, trackEndMs(track.points) + 1],
    bendAtMs,
    role: "resident",
  };
}

/** 0..1: how far the arm is stretched to the button. */
export function reachOf(walk: Walk, tMs: number): number {
  return walk.reachAtMs === null ? 0 : bump(tMs - walk.reachAtMs, carryOutMs);
}

/** 0..1: how far the body is bent to the floor. */
export function bendOf(walk: Walk, tMs: number): number {
  return walk.bendAtMs === null ? 0 : bump(tMs - walk.bendAtMs, bendMs / 2);
}

/** 0..1: how far somebody is raised to the lens: with the last metre of the way. */
export function raisedOf(walk: Walk, tMs: number, z: number): number {
  const { near } = walk;
  return near == null || tMs < near[0] || tMs > near[1] ? 0 : smooth(1.3, 0.55, z);
}

function bump(fromPeakMs: number, halfMs: number): number {
  const x = 1 - Math.min(1, Math.abs(fromPeakMs) / halfMs);
  return Math.min(1, x * x * (3 - 2 * x) * 1.25);
}
