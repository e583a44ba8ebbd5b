/**
 * Trail: how the movement of one event went, thinned to ten places a second.
 */
import { momentOf, wallMsAt, type Chunk, type Tracks } from "./tracks.ts";
import type { Light } from "../sight/rules.ts";

export interface TrailPoint {
  readonly wallMs: number;
  /** Fractions of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Part of the picture's cells that stir. */
  readonly share: number;
  readonly level: number;
}

export interface Trail {
  readonly points: readonly TrailPoint[];
  readonly light: Light;
  /** Of any frame, in any of the areas; 0 = nothing stirred there. */
  readonly bestInAreas: number;
  /** Of any frame, anywhere. */
  readonly best: number;
}

/** Who has frames shows them to a visitor, in order. */
export type Frames = (visit: (chunk: Chunk, index: number) => void) => void;

const pointMs = 95;

export function trailOf({ areas }: Pick<Tracks, "areas">, frames: Frames): Trail {
  const points: TrailPoint[] = [];
  let [best, bestInAreas] = [0, 0];
  let light: Light | null = null;
  frames((chunk, i) => {
    light ??= momentOf(chunk.when[i] ?? 0).light;
    const level = chunk.best[i] ?? 0;
    if (level === 0) return;
    if (level > best) best = level;
    for (let area = 0; area < areas.length; area += 1)
      bestInAreas = Math.max(bestInAreas, chunk.levels[i * areas.length + area] ?? 0);
    const wallMs = wallMsAt(chunk, i);
    const last = points.at(-1);
    if (last !== undefined && Math.abs(wallMs - last.wallMs) < pointMs) return;
    points.push({
      wallMs,
      x: (chunk.x[i] ?? 0) / 255,
      y: (chunk.y[i] ?? 0) / 255,
      width: (chunk.width[i] ?? 0) / 255,
      height: (chunk.height[i] ?? 0) / 255,
      share: (chunk.share[i] ?? 0) / 255,
      level,
    });
  });
  return { points, light: light ?? "bright", best, bestInAreas };
}
