/**
 * Truth: what is really in the picture at a porch time, for tests and benches.
 *
 * A box bounds all that was drawn of somebody, clipped to the picture; `visibleFrac` says how
 * much of the box the posts, the hedge and the rest of the stage leave in sight. `inside` goes
 * by the feet: on the owner's ground or beyond the line.
 */
import type { BoxPx } from "../../geometry.ts";
import type { Brush } from "./brush.ts";
import { strokesOf } from "./cast.ts";
import { type Light, lightAt, rainAt } from "./light.ts";
import { canvasHeight, canvasWidth, insideProperty } from "./plan.ts";
import { type Actor, join, type PorchScript, type Span } from "./script.ts";
import type { Porchly, VisitorKind } from "./settings.ts";
import { boundsOf } from "./shape.ts";
import { switchGain } from "./trouble/infrared.ts";
import { type Trouble, troubles } from "./trouble/list.ts";
import { seenMs, strengthsAt } from "./trouble/program.ts";
import { type Offset, shakeAt } from "./trouble/shake.ts";

export interface TruthItem {
  readonly kind: Actor["kind"];
  readonly id: string;
  /** Pixels; null = outside the picture. */
  readonly box: BoxPx | null;
  readonly visibleFrac: number;
  readonly inside: boolean;
  /** From the door, metres. */
  readonly distanceM: number;
  /** Along the optical axis, metres. */
  readonly depthM: number;
  /** People only: how a visitor behaves. */
  readonly manner?: VisitorKind;
}

/** What disturbs the picture at a time. */
export type TruthTrouble = Trouble | "rain";

export interface Truth {
  readonly tMs: number;
  readonly items: readonly TruthItem[];
  readonly pirActive: boolean;
  readonly light: "day" | "dusk" | "night";
  readonly rain: boolean;
  readonly troubles: readonly TruthTrouble[];
}

/** Somebody was in sight, without a break, from..to. */
export interface TruthInterval extends Span {
  readonly kind: Actor["kind"];
  readonly id: string;
  readonly inside: boolean;
}

export function truthAt(context: TruthContext, tMs: number): Truth {
  const { script, settings } = context;
  const light = lightAt(settings, seenMs(settings, tMs));
  return {
    tMs,
    items: itemsAt(context, tMs),
    pirActive: script.pirActiveAt(tMs),
    light: light.sunHeight < -0.25 ? "night" : light.sunHeight < 0.1 ? "dusk" : "day",
    rain: light.rain > 0.1,
    troubles: troublesAt(settings, tMs),
  };
}

/** Everybody of the picture that is shown at a time; `wanted` leaves out who does not matter. */
export function itemsAt(
  context: TruthContext,
  tMs: number,
  wanted: (actor: Actor) => boolean = () => true,
): TruthItem[] {
  const { script, settings } = context;
  const seen = seenMs(settings, tMs);
  const actors = script.actorsAt(seen).filter(wanted);
  if (actors.length === 0) return [];
  const light = lightAt(settings, seen);
  const offset = shakeAt(settings.seed, seen, strengthsAt(settings, seen).shake);
  return actors.map((actor) => itemOf(context, actor, { tMs: seen, light, offset }));
}

export function troublesAt(settings: Porchly, tMs: number): TruthTrouble[] {
  const strengths = strengthsAt(settings, tMs);
  const switched = switchGain(settings, tMs) !== 1;
  const there = troubles.filter(
    (trouble) => strengths[trouble] > 0.05 || (trouble === "infrared" && switched),
  );
  return rainAt(settings, tMs) > 0.1 ? [...there, "rain"] : there;
}

export interface TruthContext {
  readonly script: PorchScript;
  readonly settings: Porchly;
  readonly brush: Brush;
}

interface Moment {
  readonly tMs: number;
  readonly light: Light;
  /** By which a shaking camera has moved the picture. */
  readonly offset: Offset;
}

function itemOf(context: TruthContext, actor: Actor, moment: Moment): TruthItem {
  const { x, z } = actor.place;
  const { brush } = context;
  const { offset } = moment;
  const bounds = boundsOf(strokesOf(actor, moment.tMs, moment.light).map((stroke) => stroke.shape));
  const { width, height } = brush.canvas;
  let box: BoxPx | null = null;
  let visibleFrac = 0;
  if (bounds !== null) {
    const left = Math.max(0, Math.floor(((bounds.left + offset.x) * width) / canvasWidth));
    const top = Math.max(0, Math.floor(((bounds.top + offset.y) * height) / canvasHeight));
    const right = Math.min(width, Math.ceil(((bounds.right + offset.x) * width) / canvasWidth));
    const bottom = Math.min(height, Math.ceil(((bounds.bottom + offset.y) * height) / canvasHeight));
    if (right > left && bottom > top) {
      box = [left, top, right - left, bottom - top];
      visibleFrac = share(brush, box, z);
    }
  }
  return {
    kind: actor.kind,
    id: actor.id,
    box,
    visibleFrac,
    inside: insideProperty(x, z),
    distanceM: Math.sqrt(x * x + z * z),
    depthM: z,
    ...(actor.kind === "person" ? { manner: actor.manner } : {}),
  };
}

function share(brush: Brush, [left, top, width, height]: BoxPx, z: number): number {
  const grid = 12;
  let seen = 0;
  for (let j = 0; j < grid; j += 1) {
    for (let i = 0; i < grid; i += 1) {
      const x = ((left + ((i + 0.5) / grid) * width) / brush.canvas.width) * canvasWidth;
      const y = ((top + ((j + 0.5) / grid) * height) / brush.canvas.height) * canvasHeight;
      if (brush.sees(x, y, z)) seen += 1;
    }
  }
  return seen / (grid * grid);
}

const sampleMs = 100;

/** Who was in sight when, sampled ten times a second, in order of beginning. */
export function truthIntervals(context: TruthContext, fromMs: number, toMs: number): TruthInterval[] {
  const found = new Map<string, { item: TruthItem; spans: Span[] }>();
  for (let tMs = fromMs; tMs < toMs; tMs += sampleMs) {
    for (const item of truthAt(context, tMs).items) {
      if (item.box === null || item.visibleFrac <= 0.02) continue;
      const key = `${item.id} ${item.inside ? "inside" : "outside"}`;
      const known = found.get(key) ?? { item, spans: [] };
      known.spans.push({ fromMs: tMs, toMs: Math.min(toMs, tMs + sampleMs) });
      found.set(key, known);
    }
  }
  return [...found.values()]
    .flatMap(({ item: { kind, id, inside }, spans }) =>
      join(spans).map((span) => ({ ...span, kind, id, inside })),
    )
    .sort((a, b) => a.fromMs - b.fromMs);
}
