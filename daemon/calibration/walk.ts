/**
 * Walk: somebody walked in front of the doorbell on purpose; when was it seen, where, and how late?
 *
 * The first stir is the beginning of the movement in the zones (at sensitivity 100) that led to the first
 * sight, without a pause of two seconds in between: an insect a minute earlier is no part of the walk. What
 * was never seen has the first stir of all.
 */
import { motionOf } from "../sight/drawn.ts";
import { mostLevel, neverLevel, scoreOf } from "../sight/levels.ts";
import type { MotionSettings } from "../sight/zones.ts";
import type { Walk } from "../wire/api-calibration.ts";
import type { Zones } from "../wire/api-household.ts";
import { askedBy, type Asked } from "./asked.ts";
import { eachFrameIn, momentOf, wallMsAt, type Chunk, type Tracks } from "./tracks.ts";

export interface WalkInput extends Pick<Walk, "id" | "name" | "by" | "notes"> {
  /** The zones that were in force; the tracks are of these. */
  readonly drawn: Zones;
  /** What counts where they say nothing. */
  readonly settings: MotionSettings;
}

/** Movement that begins again after this long is another one. */
const pauseMs = 2_000;
const pointMs = 95;
const mostPoints = 6_000;

type Point = Walk["path"][number];

/** Over the tracks' span. */
export function walkOf(tracks: Tracks, { id, name, by, notes, drawn, settings }: WalkInput): Walk {
  const { span } = tracks;
  const walker = new Walker(tracks, askedBy(motionOf(drawn, settings)));
  eachFrameIn(tracks, span, (chunk, i) => walker.frame(chunk, i));
  const { firstStirWallMs, firstSeenWallMs, stirs, seen, light, path, perZone } = walker;
  return {
    id,
    name,
    by,
    ...span,
    zones: drawn,
    ...(tracks.view === null ? {} : { view: { ...tracks.view, box: [...tracks.view.box] as const } }),
    light: light ?? tracks.lightChanges.at(-1)?.light ?? "bright",
    seen: firstSeenWallMs !== null,
    firstStirWallMs,
    firstSeenWallMs,
    delayMs:
      firstStirWallMs === null || firstSeenWallMs === null
        ? null
        : Math.max(0, firstSeenWallMs - firstStirWallMs),
    seenFrac: stirs === 0 ? 0 : seen / stirs,
    path,
    perZone,
    notes,
  };
}

class Walker {
  readonly #asked: Asked;
  readonly #pointMs: number;
  readonly path: Point[] = [];
  readonly perZone: Walk["perZone"];
  firstStirWallMs: number | null = null;
  firstSeenWallMs: number | null = null;
  /** Frames in which anything moved, and in which it was motion. */
  stirs = 0;
  seen = 0;
  light: Walk["light"] | null = null;
  #lastStirMs = -Infinity;

  constructor({ span, areas }: Tracks, asked: Asked) {
    this.#asked = asked;
    this.#pointMs = Math.max(pointMs, (span.toWallMs - span.fromWallMs) / mostPoints);
    this.perZone = areas.map((name) => ({ name, seen: false, firstSeenWallMs: null, bestScore: 0 }));
  }

  frame(chunk: Chunk, i: number): void {
    const now = chunk.when[i] ?? 0;
    this.light ??= momentOf(now).light;
    const best = chunk.best[i] ?? 0;
    if (best === 0) return;
    const wallMs = wallMsAt(chunk, i);
    const seen = this.#zones(chunk, i, wallMs);
    this.stirs += 1;
    if (seen) this.seen += 1;
    if ((chunk.most[i] ?? 0) > 0) this.#stir(wallMs);
    if (seen) this.firstSeenWallMs ??= wallMs;
    this.#point(chunk, i, { wallMs, seen });
  }

  #stir(wallMs: number): void {
    const begins = this.firstStirWallMs === null || wallMs - this.#lastStirMs >= pauseMs;
    if (begins && this.firstSeenWallMs === null) this.firstStirWallMs = wallMs;
    this.#lastStirMs = wallMs;
  }

  /** True when any zone fires. */
  #zones({ levels, when }: Chunk, i: number, wallMs: number): boolean {
    let seen = false;
    this.perZone.forEach((zone, area) => {
      const level = levels[i * this.perZone.length + area] ?? 0;
      const asked = this.#asked[area]?.[when[i] ?? 0] ?? neverLevel;
      zone.bestScore = Math.max(zone.bestScore, scoreOf(level, asked));
      if (level < asked) return;
      seen = true;
      zone.seen = true;
      zone.firstSeenWallMs ??= wallMs;
    });
    return seen;
  }

  #point(chunk: Chunk, i: number, { wallMs, seen }: { wallMs: number; seen: boolean }): void {
    const last = this.path.at(-1);
    if (last !== undefined && wallMs - last.wallMs < this.#pointMs) {
      last.seen ||= seen;
      return;
    }
    if (this.path.length >= mostPoints) return;
    const at: [number, number] = [(chunk.x[i] ?? 0) / 255, (chunk.y[i] ?? 0) / 255];
    this.path.push({ wallMs, at, seen, level: Math.min(mostLevel, chunk.best[i] ?? 0) });
  }
}
