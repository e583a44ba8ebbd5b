/**
 * Scoring: what a motion detector should and need not have said over a span of porch time.
 *
 * positive = somebody is on the owner's ground, and enough of him is where the privacy mask lets
 * the picture through; moving or standing, as long as he is there. ignore = either answer is
 * right: the cat, and the moments in which somebody crosses the line or is hardly in sight. All
 * other time nobody is there, whatever the troubles make the picture do.
 */
import type { Polygon } from "../../geometry.ts";
import { canvasHeight, canvasWidth, plan } from "./plan.ts";
import { porchPolicy } from "./policy.ts";
import { type Actor, join, type Span } from "./script.ts";
import type { VisitorKind } from "./settings.ts";
import { itemsAt, troublesAt, type TruthContext, type TruthItem, type TruthTrouble } from "./truth.ts";

export interface PositiveSpan extends Span {
  readonly id: string;
  readonly manner: VisitorKind;
  /** Largest share of the picture that he covers, 0..1, and of its height. */
  readonly areaFrac: number;
  readonly heightFrac: number;
}

export interface IgnoredSpan extends Span {
  readonly why: "animal" | "edge";
}

export interface TroubleSpan extends Span {
  readonly trouble: TruthTrouble;
}

export interface MotionTruth {
  /** By person, in order of beginning; two people may overlap. */
  readonly positive: readonly PositiveSpan[];
  readonly ignore: readonly IgnoredSpan[];
  readonly troubles: readonly TroubleSpan[];
}

const sampleMs = 200;
/** Out of sight for no longer than this is still the same coming. */
const bridgeMs = 3_000;
/** Less of the picture than this is hardly in sight: a person at the gate covers about 0.0015. */
const leastArea = 0.000_35;
/** Before somebody comes and after he has gone: his shadow, half a leg, a detector's hold. */
const edgeMs = { before: 600, after: 1_500 } as const;

export function motionTruth(context: TruthContext, fromMs: number, toMs: number): MotionTruth {
  const people = new Map<string, { spans: Span[]; manner: VisitorKind; area: number; height: number }>();
  const animals: Span[] = [];
  const faint: Span[] = [];
  const troubles = new Map<TruthTrouble, Span[]>();
  for (let tMs = fromMs; tMs < toMs; tMs += sampleMs) {
    const span = { fromMs: tMs, toMs: Math.min(toMs, tMs + sampleMs) };
    for (const trouble of troublesAt(context.settings, tMs)) {
      const known = troubles.get(trouble) ?? [];
      known.push(span);
      troubles.set(trouble, known);
    }
    for (const item of itemsAt(context, tMs, mayCount)) {
      const area = shownArea(context, item);
      if (area <= 0) continue;
      if (item.kind === "animal") animals.push(span);
      else if (!item.inside || area < leastArea) faint.push(span);
      else {
        const known = people.get(item.id) ?? {
          spans: [],
          manner: item.manner ?? "plain",
          area: 0,
          height: 0,
        };
        known.spans.push(span);
        known.area = Math.max(known.area, area);
        known.height = Math.max(known.height, (item.box?.[3] ?? 0) / context.brush.canvas.height);
        people.set(item.id, known);
      }
    }
  }
  const positive = [...people].flatMap(([id, { spans, manner, area, height }]) =>
    bridged(join(spans)).map((span) => ({ ...span, id, manner, areaFrac: area, heightFrac: height })),
  );
  const edges = positive.flatMap((span) => [
    { fromMs: span.fromMs - edgeMs.before, toMs: span.fromMs },
    { fromMs: span.toMs, toMs: span.toMs + edgeMs.after },
  ]);
  return {
    positive: positive.sort(byBeginning),
    ignore: [
      ...join(animals).map((span) => ({ ...span, why: "animal" as const })),
      ...join([...faint, ...edges]).map((span) => ({ ...span, why: "edge" as const })),
    ].sort(byBeginning),
    troubles: [...troubles]
      .flatMap(([trouble, spans]) => join(spans).map((span) => ({ ...span, trouble })))
      .sort(byBeginning),
  };
}

/** One span where somebody is out of sight for a moment only: on the line, behind the shrub. */
function bridged(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last !== undefined && span.fromMs - last.toMs <= bridgeMs)
      whole[whole.length - 1] = { fromMs: last.fromMs, toMs: span.toMs };
    else whole.push(span);
  }
  return whole;
}

/** Whoever is far beyond the line cannot be seen inside it. */
function mayCount({ kind, place }: Actor): boolean {
  return kind === "animal" || (kind === "person" && place.z < plan.front.z + 0.6);
}

function byBeginning(a: Span, b: Span): number {
  return a.fromMs - b.fromMs;
}

const grid = 10;

/** Share of the whole picture in which the mask and the stage leave something of an item. */
function shownArea({ brush }: TruthContext, { box, depthM }: TruthItem): number {
  if (box === null) return 0;
  const { width, height } = brush.canvas;
  const [left, top, wide, high] = box;
  let seen = 0;
  for (let j = 0; j < grid; j += 1) {
    for (let i = 0; i < grid; i += 1) {
      const x = (left + ((i + 0.5) / grid) * wide) / width;
      const y = (top + ((j + 0.5) / grid) * high) / height;
      if (brush.sees(x * canvasWidth, y * canvasHeight, depthM) && shown(x, y)) seen += 1;
    }
  }
  return (seen / (grid * grid)) * ((wide * high) / (width * height));
}

function shown(x: number, y: number): boolean {
  const { propertyLine, privacyZones } = porchPolicy;
  return within(propertyLine, x, y) && !privacyZones.some((zone) => within(zone, x, y));
}

function within(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  let [bx, by] = polygon.at(-1) ?? [0, 0];
  for (const [ax, ay] of polygon) {
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    [bx, by] = [ax, ay];
  }
  return inside;
}
