/**
 * Truth: who came over a stretch of the porch and what he did there, as an owner would tell it.
 */
import type { Porch } from "../../../hal/sim/porch/porch.ts";

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the stretch cuts off explains what was told, and is not asked for. */
export interface Case extends Span {
  readonly whole: boolean;
}

/** One coming of somebody, from the first sight of him to the last. */
export interface Coming extends Case {
  /** From the street: whoever lives there comes out of the door. */
  readonly crosses: boolean;
}

export interface DayTruth {
  readonly people: readonly Coming[];
  readonly animals: readonly Case[];
  /** Lay there, from..to. */
  readonly parcels: readonly Case[];
  /** Of all who stand at the door for long: nobody hears them ring. */
  readonly unheard: boolean;
}

/** Out of sight for no longer, it is the same cat. */
const sameAnimalMs = 15_000;
/** Less of it than this is no sight of a cat. */
const leastAnimalMs = 1_500;
const stepMs = 250;
/** What began so late is told after the end. */
const lateMs = 25_000;

export function truthOf(porch: Porch, { fromMs, toMs }: Span, unheard: boolean): DayTruth {
  const { positive, ignore } = porch.motionTruth(fromMs, toMs);
  const people = new Map<string, Span & Pick<Coming, "crosses">>();
  for (const { id, ...span } of positive) {
    const from = people.get(id)?.fromMs ?? span.fromMs;
    people.set(id, { fromMs: from, toMs: span.toMs, crosses: id.startsWith("visitor") });
  }
  const cased = <T extends Span>(one: T): T & Case => ({
    ...one,
    whole: one.fromMs > fromMs && one.toMs < toMs - lateMs,
  });
  return {
    people: [...people.values()].map(cased),
    animals: near(ignore.filter(({ why }) => why === "animal"))
      .filter((span) => span.toMs - span.fromMs >= leastAnimalMs)
      .map(cased),
    parcels: lyingIn(porch, { fromMs, toMs }).map(cased),
    unheard,
  };
}

function near(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.fromMs - last.toMs <= sameAnimalMs)
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: span.toMs };
    else joined.push(span);
  }
  return joined;
}

function lyingIn(porch: Porch, { fromMs, toMs }: Span): Span[] {
  const lying = new Map<string, Span>();
  for (let tMs = fromMs; tMs < toMs; tMs += stepMs) {
    for (const { kind, id } of porch.script.actorsAt(tMs))
      if (kind === "parcel") lying.set(id, { fromMs: lying.get(id)?.fromMs ?? tMs, toMs: tMs });
  }
  return [...lying.values()];
}
