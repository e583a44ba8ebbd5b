/**
 * Callers of other kinds than the plain one (visit.ts): those that a detector may miss.
 *
 * close = straight up to the lens, face and chest fill the picture, then away again, every other
 * one so slowly that no two pictures differ much; slow = creeps up the path; still = stands by the
 * door for a minute and only sways; dark = in dull clothes that hardly differ from lawn and hedge at night; running = up to the
 * door and off; far = in at the gate, along the hedge and out again, never near.
 */
import { plan } from "./plan.ts";
import { between, chance, hash } from "./math.ts";
import type { VisitorKind } from "./settings.ts";
import { TrackBuilder, trackEndMs } from "./track.ts";
import { alongPath, type Visit, type Walk } from "./visit.ts";

const kinds: readonly VisitorKind[] = ["plain", "close", "slow", "still", "dark", "running", "far"];

/** The kind of a visit when every kind may come. */
export function drawnKind(seed: number, index: number): VisitorKind {
  return kinds[Math.floor(chance(seed, 0x71d, index) * kinds.length)] ?? "plain";
}

const gateX = 3.2;
const pavementZ = 10.3;
const doorZ = 1.45;

interface Pace {
  readonly inMps: number;
  readonly outMps: number;
  /** At the door, after ringing. */
  readonly waitMs: number;
}

const paces: Readonly<Record<VisitorKind, Pace>> = {
  plain: { inMps: 1.3, outMps: 1.3, waitMs: 8_000 },
  close: { inMps: 1.3, outMps: 1.3, waitMs: 0 },
  slow: { inMps: 0.24, outMps: 1.1, waitMs: 6_000 },
  still: { inMps: 1.2, outMps: 1.2, waitMs: 60_000 },
  dark: { inMps: 0.9, outMps: 1.1, waitMs: 7_000 },
  running: { inMps: 3.6, outMps: 4.2, waitMs: 0 },
  far: { inMps: 1.2, outMps: 1.2, waitMs: 0 },
};

export function planCaller(seed: number, index: number, kind: VisitorKind, gateMs: number): Visit {
  const draw = (what: number): number => chance(seed, 0x716, index, what);
  const pace = paces[kind];
  const fromX = gateX + (draw(1) < 0.5 ? -9.5 : 8);
  const outX = gateX + (draw(2) < 0.5 ? -9.5 : 8);
  const laneX = between(-0.3, 0.3, draw(3));
  const street = Math.max(1.2, pace.inMps);
  const arrive = (startMs: number): TrackBuilder =>
    new TrackBuilder(startMs, fromX, pavementZ)
      .walk(gateX, pavementZ - 0.2, street)
      .walk(gateX, plan.front.z, street);
  const track = arrive(gateMs - arrive(0).nowMs);
  let reachAtMs: number | null = null;
  let near: Walk["near"] = null;

  if (kind === "far") {
    const turnX = between(-2.6, -0.6, draw(4));
    track.walk(gateX - 0.3, 8.3, pace.inMps).walk(turnX, between(7.6, 8.2, draw(5)), pace.inMps);
    track.wait(between(1_000, 3_000, draw(6))).walk(gateX - 0.3, 8.3, pace.outMps);
    track.walk(gateX, plan.front.z, pace.outMps);
  } else {
    alongPath(track, plan.front.z, doorZ, laneX, pace.inMps);
    reachAtMs = track.nowMs + (kind === "running" ? 300 : 700);
    track.wait(kind === "running" ? 600 : 1_250);
    if (kind === "close") {
      const creeps = index % 2 === 1;
      const mps = creeps ? 0.09 : 0.7;
      const fromMs = track.nowMs;
      track.walk(0.02, nearestZ, mps).wait(between(4_000, 7_000, draw(7)));
      track.walk(laneX, doorZ, creeps ? 0.2 : 0.8);
      near = [fromMs, track.nowMs];
    } else if (kind !== "running") {
      track.walk(laneX * 0.8, between(1.8, 2.1, draw(8)), Math.min(0.8, pace.outMps)).wait(pace.waitMs);
    }
    alongPath(track, kind === "close" || kind === "running" ? doorZ : 2, plan.front.z, laneX, pace.outMps);
  }
  track.walk(gateX, pavementZ - 0.2, pace.outMps).walk(outX, pavementZ, Math.max(1.2, pace.outMps));
  const walk: Walk = {
    id: `visitor-${index}`,
    look: hash(seed, 0x100c, index),
    track: track.points,
    reachAtMs,
    carryMs: null,
    bendAtMs: null,
    role: kind === "dark" ? "prowler" : "visitor",
    near,
    sways: kind === "still" || kind === "close",
  };
  const startMs = track.points[0]?.atMs ?? gateMs;
  return {
    kind,
    walks: [walk],
    parcel: null,
    pressAtMs: reachAtMs,
    startMs,
    endMs: trackEndMs(track.points),
  };
}

/** As near to the lens as somebody comes, metres. */
const nearestZ = 0.22;
