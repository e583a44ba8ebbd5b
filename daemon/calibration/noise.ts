/**
 * Noise: how far up do the quiet hours reach, and which sensitivities lie between them and the events?
 *
 * A quiet hour is one that was watched and in which nothing was told. Its level is the best of its frames
 * in an area; the noise of an area is what nine of ten quiet hours stay at or below. A sensitivity that is
 * higher than 100 less the noise would fire in more than one quiet hour of ten; one that is lower than an
 * event needs would lose it.
 */
import { mostLevel, neverLevel } from "../sight/levels.ts";
import type { PastEvent } from "./past.ts";
import { endOf, pastIn } from "./past.ts";
import { evidenceOf } from "./propose/evidence.ts";
import { wallMsAt, type Tracks } from "./tracks.ts";

const hourMs = 3_600_000;
const share = 0.9;

export interface AreaNoise {
  readonly name: string;
  readonly quietHours: number;
  /** Level; null = no hour was quiet. */
  readonly noise: number | null;
  /** The highest sensitivity that quiet hours mostly stand; null = no hour was quiet. */
  readonly most: number | null;
  /** The least that still sees every event there that is not marked as a false alarm; null = there was none. */
  readonly least: number | null;
}

export function noiseOf(tracks: Tracks, past: readonly PastEvent[]): AreaNoise[] {
  const then = pastIn(tracks, past);
  const quiet = quietHours(tracks, then);
  const best = bestByHour(tracks);
  const kept = then.filter(({ mark }) => mark !== "false").map((event) => evidenceOf(tracks, event));
  return tracks.areas.map((name, area) => {
    const levels = quiet.map((hour) => best.get(hour)?.[area] ?? 0).toSorted((a, b) => a - b);
    const noise = levels.length === 0 ? null : (levels[Math.ceil(levels.length * share) - 1] ?? 0);
    const strengths = kept
      .map(({ parts }) => parts.reduce((most, part) => Math.max(most, part.levels[area] ?? 0), 0))
      .filter((level) => level > 0);
    return {
      name,
      quietHours: levels.length,
      noise,
      most: noise === null ? null : mostLevel - noise,
      least: strengths.length === 0 ? null : neverLevel - Math.min(...strengths),
    };
  });
}

/** Hours since 1970 that were watched, at least in part, and are no event's. */
function quietHours({ covered, span }: Tracks, then: readonly PastEvent[]): number[] {
  const hours = new Set<number>();
  for (const { fromWallMs, toWallMs } of covered) {
    const [from, to] = [Math.max(fromWallMs, span.fromWallMs), Math.min(toWallMs, span.toWallMs)];
    if (to < from) continue;
    for (let hour = hourOf(from); hour <= hourOf(to); hour += 1) hours.add(hour);
  }
  for (const event of then)
    for (let hour = hourOf(event.startWallMs); hour <= hourOf(endOf(event)); hour += 1) hours.delete(hour);
  return [...hours];
}

function bestByHour({ chunks, areas }: Tracks): Map<number, Uint8Array> {
  const best = new Map<number, Uint8Array>();
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.count; i += 1) {
      if ((chunk.most[i] ?? 0) === 0) continue;
      const hour = hourOf(wallMsAt(chunk, i));
      const levels = best.get(hour) ?? new Uint8Array(areas.length);
      best.set(hour, levels);
      for (let area = 0; area < areas.length; area += 1)
        levels[area] = Math.max(levels[area] ?? 0, chunk.levels[i * areas.length + area] ?? 0);
    }
  }
  return best;
}

function hourOf(wallMs: number): number {
  return Math.floor(wallMs / hourMs);
}
