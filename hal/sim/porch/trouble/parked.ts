/**
 * Parked: somebody leaves a bin or a bicycle in the garden and goes; later it is taken away again.
 *
 * One round in every slot of the program: put down at about 12 s, fetched at about 45 s. While it
 * stands there it is no motion, and where it stood nothing is when it has gone.
 */
import { between, chance, hash } from "../math.ts";
import { plan } from "../plan.ts";
import { type KeyPoint, type Place, placeAt, TrackBuilder, trackEndMs } from "../track.ts";
import { slotMs } from "./program.ts";

export interface Parking {
  readonly id: string;
  readonly look: number;
  readonly what: "bin" | "bicycle";
  readonly spot: { readonly x: number; readonly z: number };
  readonly putMs: number;
  readonly takenMs: number;
  readonly bring: readonly KeyPoint[];
  readonly fetch: readonly KeyPoint[];
}

const gateX = 3.2;
const mps = 1.25;
const fetchMs = 40_000;

/** The round that begins with a slot. */
export function parkingOf(seed: number, slot: number): Parking {
  const draw = (what: number): number => chance(hash(seed, 0x9a4c), slot, what);
  const spot = { x: between(-0.6, 1.1, draw(1)), z: between(4.7, 6.2, draw(2)) };
  const beside = { x: spot.x + 0.55, z: spot.z + 0.1 };
  const fromX = gateX + (draw(3) < 0.5 ? -9 : 7);
  const startMs = slot * slotMs;
  const bring = new TrackBuilder(startMs + 500, fromX, 10.3)
    .walk(gateX, 10.1, mps)
    .walk(gateX, plan.front.z, mps)
    .walk(beside.x, beside.z, mps);
  const putMs = bring.nowMs + 600;
  bring.wait(1_500).walk(gateX, plan.front.z, mps).walk(gateX, 10.1, mps).walk(fromX, 10.3, mps);
  const fetch = new TrackBuilder(startMs + fetchMs, fromX, 10.3)
    .walk(gateX, 10.1, mps)
    .walk(gateX, plan.front.z, mps)
    .walk(beside.x, beside.z, mps)
    .wait(1_400);
  const takenMs = fetch.nowMs - 500;
  fetch.walk(gateX, plan.front.z, mps).walk(gateX, 10.1, mps).walk(fromX, 10.3, mps);
  return {
    id: `${draw(4) < 0.5 ? "bin" : "bicycle"}-${slot}`,
    look: hash(seed, 0x9a4d, slot),
    what: draw(4) < 0.5 ? "bin" : "bicycle",
    spot,
    putMs,
    takenMs,
    bring: bring.points,
    fetch: fetch.points,
  };
}

/** Where the thing and its bringer are; null = not there. */
export function parkedAt(parking: Parking, tMs: number): { thing: Place | null; person: Place | null } {
  const { bring, fetch, spot, putMs, takenMs } = parking;
  const person = placeAt(bring, tMs, [-1, -0.2]) ?? placeAt(fetch, tMs, [-1, -0.2]);
  if (tMs < (bring[0]?.atMs ?? 0) || tMs >= trackEndMs(fetch)) return { thing: null, person };
  if (tMs >= putMs && tMs < takenMs) {
    return { thing: { ...spot, headX: -1, headZ: 0, walkedM: 0, speedMps: 0 }, person };
  }
  if (person === null) return { thing: null, person };
  // pushed along beside him, on the side away from the hedge
  const { x, z, headX, headZ } = person;
  return { thing: { ...person, x: x - headZ * -0.5 - 0.05, z: z - Math.abs(headX) * 0.1 - 0.1 }, person };
}
