/**
 * Script: who is where at a porch time, when the button is pressed, when the PIR sees warmth.
 *
 * Everything follows from (seed, visitorsPerHour, visitor, scene) and is worked out on demand: the
 * schedule has no end, nothing is stored but a small cache of planned visits. The camera draws
 * `actorsAt`, the button plays `presses`, the PIR plays `pirEdges`, so that three drivers in two
 * processes show the same porch without talking to each other.
 *
 * The first caller passes the gate at 8 s and rings at about 15 s; after that one caller per
 * 3,600 / visitorsPerHour seconds, give or take a third of that.
 */
import type { Actor, PirPlan, Span } from "./actor.ts";
import { drawnKind, planCaller } from "./callers.ts";
import { chance, sineTurns } from "./math.ts";
import { honestPir } from "./pir/output.ts";
import type { Porchly } from "./settings.ts";
import { carsAt, catsAt, catTracks, type Passer, walkersAt } from "./street.ts";
import { type Place, placeAt, type KeyPoint, trackEndMs } from "./track.ts";
import { lorryAt, lorryIsThere } from "./trouble/exposure.ts";
import { parkedAt, parkingOf } from "./trouble/parked.ts";
import { slotMs, strengthsAt } from "./trouble/program.ts";
import { bendOf, type Parcel, planVisit, raisedOf, reachOf, type Visit, visitReachMs } from "./visit.ts";

export type { Actor, PirPlan, Span } from "./actor.ts";

export interface PorchScript {
  actorsAt(tMs: number): Actor[];
  /** Porch times of presses, fromMs <= t < toMs, in order. */
  presses(fromMs: number, toMs: number): number[];
  /** Edges of the PIR's output, fromMs <= t < toMs, in order. */
  pirEdges(fromMs: number, toMs: number): PirPlan[];
  pirActiveAt(tMs: number): boolean;
}

const firstGateMs = 8_000;
/** A warm body nearer than this moves the PIR. */
const pirRangeM = 4;
const catRangeM = 2.9;
/** The sensor keeps its output active this long after the last warmth. */
export const pirHoldMs = 3_000;
const keptVisits = 256;

export function porchScript(settings: Porchly): PorchScript {
  const { seed } = settings;
  const garden = settings.scene === "default" || settings.scene === "garden";
  const street = settings.scene === "default" || settings.scene === "street";
  const gapMs =
    settings.visitorsPerHour > 0 ? 3_600_000 / settings.visitorsPerHour : Number.POSITIVE_INFINITY;
  const kept = new Map<number, Visit>();

  const visit = (index: number): Visit => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const jitter = index === 0 ? 0 : (chance(seed, 0x6a7e, index) - 0.5) * 0.66;
    const gateMs = Math.round(firstGateMs + (index + jitter) * gapMs);
    const kind = settings.visitor === "any" ? drawnKind(seed, index) : settings.visitor;
    const planned = kind === "plain" ? planVisit(seed, index, gateMs) : planCaller(seed, index, kind, gateMs);
    if (kept.size >= keptVisits) kept.clear();
    kept.set(index, planned);
    return planned;
  };

  const visitsIn = (fromMs: number, toMs: number): Visit[] => {
    if (!garden || !Number.isFinite(gapMs)) return [];
    const first = Math.max(0, Math.floor((fromMs - visitReachMs.after - firstGateMs) / gapMs) - 1);
    const last = Math.floor((toMs + visitReachMs.before - firstGateMs) / gapMs) + 1;
    const found: Visit[] = [];
    for (let index = first; index <= last; index += 1) {
      const one = visit(index);
      if (one.startMs <= toMs && one.endMs >= fromMs) found.push(one);
    }
    return found;
  };

  const warmSpans = (fromMs: number, toMs: number): Span[] => {
    const spans = visitsIn(fromMs - pirHoldMs, toMs)
      .flatMap((one) => one.walks)
      .flatMap((walk) => nearSpans(walk.track, pirRangeM));
    const cats = garden ? catTracks(seed, fromMs - pirHoldMs, toMs) : [];
    return join([...spans, ...cats.flatMap((track) => nearSpans(track, catRangeM))]);
  };

  const script: PorchScript = {
    actorsAt(tMs) {
      const strengths = strengthsAt(settings, tMs);
      const actors: Actor[] = [];
      for (const one of visitsIn(tMs, tMs)) {
        for (const walk of one.walks) {
          const still = placeAt(walk.track, tMs, walk.role === "resident" ? [0, 1] : [0, -1]);
          if (still === null) continue;
          const place = walk.sways === true ? swaying(still, tMs) : still;
          const carries = walk.carryMs !== null && tMs >= walk.carryMs[0] && tMs < walk.carryMs[1];
          actors.push({
            kind: "person",
            id: walk.id,
            look: walk.look,
            role: walk.role,
            place,
            reach: reachOf(walk, tMs),
            bend: bendOf(walk, tMs),
            carries: carries ? (one.parcel?.look ?? walk.look) : null,
            raised: raisedOf(walk, tMs, place.z),
            manner: one.kind,
          });
        }
        const { parcel } = one;
        if (parcel !== null && tMs >= parcel.fromMs && tMs < parcel.toMs) actors.push(lying(parcel));
      }
      if (garden) actors.push(...catsAt(seed, tMs).map((cat) => passing("animal", cat)));
      if (street) {
        actors.push(...carsAt(seed, tMs).map((car) => passing("vehicle", car)));
        actors.push(...walkersAt(seed, tMs).map(strolling));
        if (strengths.exposure > 0) actors.push(...lorries(seed, tMs));
      }
      if (garden && strengths.parked > 0) actors.push(...parking(seed, tMs));
      return actors;
    },

    presses(fromMs, toMs) {
      return visitsIn(fromMs, toMs)
        .map((one) => one.pressAtMs)
        .filter((atMs) => atMs !== null)
        .filter((atMs) => atMs >= fromMs && atMs < toMs)
        .sort((a, b) => a - b);
    },

    pirEdges(fromMs, toMs) {
      const edges = warmSpans(fromMs, toMs).flatMap((span) => [
        { atMs: span.fromMs, active: true },
        { atMs: span.toMs, active: false },
      ]);
      return edges.filter((edge) => edge.atMs >= fromMs && edge.atMs < toMs);
    },

    pirActiveAt(tMs) {
      return warmSpans(tMs, tMs).some((span) => tMs >= span.fromMs && tMs < span.toMs);
    },
  };
  if (settings.pir === "plain") return script;
  const honest = honestPir(settings, (tMs) => script.actorsAt(tMs));
  return {
    ...script,
    pirEdges: (fromMs, toMs) => honest.edges(fromMs, toMs),
    pirActiveAt: (tMs) => honest.activeAt(tMs),
  };
}

function lorries(seed: number, tMs: number): Actor[] {
  const lorry = lorryAt(seed, tMs);
  if (!lorryIsThere(lorry)) return [];
  const paint = lorry.white ? "white" : "black";
  return [{ kind: "vehicle", id: lorry.id, look: 0, place: lorry.place, lorry: paint }];
}

/** Who brings and fetches a thing, and the thing. */
function parking(seed: number, tMs: number): Actor[] {
  const one = parkingOf(seed, Math.floor(tMs / slotMs));
  const { thing, person } = parkedAt(one, tMs);
  const actors: Actor[] = [];
  if (thing !== null)
    actors.push({ kind: "thing", id: one.id, look: one.look, place: thing, what: one.what });
  if (person !== null) {
    const pose = { place: person, reach: 0, bend: 0, carries: null, raised: 0 };
    const id = `parker-${one.id}`;
    actors.push({ kind: "person", id, look: one.look, role: "walker", manner: "plain", ...pose });
  }
  return actors;
}

function lying(parcel: Parcel): Actor {
  const place = { x: parcel.x, z: parcel.z, headX: 0, headZ: -1, walkedM: 0, speedMps: 0 };
  return { kind: "parcel", id: parcel.id, look: parcel.look, place };
}

function passing(kind: "vehicle" | "animal", passer: Passer): Actor {
  return { kind, id: passer.id, look: passer.look, place: passer.place };
}

function strolling(passer: Passer): Actor {
  const { id, look, place } = passer;
  const at = { place, reach: 0, bend: 0, carries: null, raised: 0 };
  return { kind: "person", id, look, role: "walker", manner: "plain", ...at };
}

/** Nobody stands like a post: a few centimetres to and fro. */
function swaying(place: Place, tMs: number): Place {
  const x = place.x + 0.014 * sineTurns(tMs / 4_300) + 0.006 * sineTurns(tMs / 1_700);
  return { ...place, x, z: place.z + 0.01 * sineTurns(tMs / 5_900) };
}

/** When a track is nearer to the door than the range, hold time added. */
function nearSpans(track: readonly KeyPoint[], rangeM: number): Span[] {
  const stepMs = 50;
  const startMs = track[0]?.atMs ?? 0;
  const endMs = trackEndMs(track);
  const spans: Span[] = [];
  let enteredMs: number | null = null;
  for (let tMs = startMs; tMs <= endMs; tMs += stepMs) {
    const place = placeAt(track, tMs, [0, -1]);
    const near = place !== null && place.x * place.x + place.z * place.z < rangeM * rangeM;
    if (near && enteredMs === null) enteredMs = tMs;
    if (!near && enteredMs !== null) {
      spans.push({ fromMs: enteredMs, toMs: tMs + pirHoldMs });
      enteredMs = null;
    }
  }
  if (enteredMs !== null) spans.push({ fromMs: enteredMs, toMs: endMs + pirHoldMs });
  return spans;
}

/** Union of spans, in order. */
export function join(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && span.fromMs <= last.toMs) {
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    } else {
      joined.push(span);
    }
  }
  return joined;
}
