/**
 * Output: the edges of a PIR sensor that sees heat and not people.
 *
 * A stir that passes the comparator makes the output active; each further one prolongs it (retriggering). It goes
 * inactive `holdMs` after the last one and is blind for `blindMs` then. Both depend on what was before, so edges are
 * worked out from the last stretch that was quiet for so long that nothing before it can matter.
 */
import { rainAt } from "../light.ts";
import type { Actor, PirPlan, Span } from "../actor.ts";
import type { Porchly } from "../settings.ts";
import { type Air, airAt } from "./air.ts";
import { isFalseHeat } from "./false-heat.ts";
import { bandMs, waveOf } from "./optics.ts";

export const holdMs = 4_000;
export const blindMs = 2_000;
/** In degrees that fill a finger. */
const firesAtC = 1;
const sampleMs = 50;
const chunkMs = 2_000;
const keptChunks = 512;
/** Stirs for longer than this without a break are cut: no visit takes so long. */
const longestMs = 600_000;

export interface HonestPir {
  /** fromMs <= t < toMs, in order. */
  edges(fromMs: number, toMs: number): PirPlan[];
  activeAt(tMs: number): boolean;
}

export function honestPir(settings: Porchly, actorsAt: (tMs: number) => readonly Actor[]): HonestPir {
  const kept = new Map<number, readonly number[]>();

  /** Stirs of one chunk of time. */
  const stirs = (chunk: number): readonly number[] => {
    const known = kept.get(chunk);
    if (known !== undefined) return known;
    const found = stirsOf(chunk);
    if (kept.size >= keptChunks) kept.clear();
    kept.set(chunk, found);
    return found;
  };

  const stirsOf = (chunk: number): number[] => {
    if (chunk < 0) return []; // before the porch there was no power
    const air = airAt(settings, chunk * chunkMs);
    const rain = rainAt(settings, chunk * chunkMs);
    const waves: number[] = [];
    const before = Math.ceil(bandMs / sampleMs);
    const found: number[] = [];
    for (let i = -before; i * sampleMs < chunkMs; i += 1) {
      const tMs = chunk * chunkMs + i * sampleMs;
      waves.push(wave(tMs, air, rain));
      if (i < 0) continue;
      const change = Math.abs((waves.at(-1) ?? 0) - (waves[i] ?? 0));
      if (change >= firesAtC || isFalseHeat(settings, tMs)) found.push(tMs);
    }
    return found;
  };

  const wave = (tMs: number, air: Air, rain: number): number => waveOf(actorsAt(tMs), air, rain);

  /** A time before which nothing matters for what is at `tMs`. */
  const quietBefore = (tMs: number): number => {
    let chunk = Math.floor(tMs / chunkMs);
    const first = Math.max(0, chunk - Math.ceil(longestMs / chunkMs));
    let quiet = 0;
    for (; chunk > first; chunk -= 1) {
      quiet = stirs(chunk).length === 0 ? quiet + 1 : 0;
      if (quiet * chunkMs >= holdMs + blindMs + chunkMs) break;
    }
    return Math.max(0, chunk * chunkMs);
  };

  const spans = (fromMs: number, toMs: number): Span[] => {
    const all: Span[] = [];
    for (let chunk = Math.floor(quietBefore(fromMs) / chunkMs); chunk * chunkMs < toMs; chunk += 1)
      for (const tMs of stirs(chunk)) take(all, tMs);
    return all;
  };

  return {
    edges(fromMs, toMs) {
      // whoever stirs up to `toMs` may prolong a span that ends later: its end is not in this answer anyway
      return spans(fromMs, toMs)
        .flatMap((span) => [
          { atMs: span.fromMs, active: true },
          { atMs: span.toMs, active: false },
        ])
        .filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    },
    activeAt(tMs) {
      return spans(tMs, tMs + 1).some((span) => tMs >= span.fromMs && tMs < span.toMs);
    },
  };
}

/** One stir more: begins a span, prolongs the last one, or falls into its blind time. */
function take(spans: Span[], tMs: number): void {
  const last = spans.at(-1);
  if (last === undefined || tMs >= last.toMs + blindMs) spans.push({ fromMs: tMs, toMs: tMs + holdMs });
  else if (tMs < last.toMs) spans[spans.length - 1] = { fromMs: last.fromMs, toMs: tMs + holdMs };
}
