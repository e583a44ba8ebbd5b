/**
 * Press shape: what a press looked like on the wire. Pure.
 *
 * The longest time at the pressed level is the hold; what comes before is the bounce of pressing, what comes
 * after that of letting go. Debounce must outlast the longest pause inside either.
 */
import type { Waveform } from "../waveform.ts";

export interface PressShape {
  /** Edges beyond the two that a perfect contact makes. */
  readonly bounces: number;
  /** From the first edge of a burst to its last one, the longer of the two. */
  readonly burstMs: number;
  /** Longest pause between two edges of one burst. */
  readonly pauseMs: number;
}

export function shapeOf(edges: Waveform["edges"]): PressShape {
  const rest = edges[0]?.active === false; // wired the other way round: it rests active
  let [hold, holdMs] = [0, -1];
  for (const [i, edge] of edges.entries()) {
    const next = edges[i + 1];
    if (next === undefined || edge.active === rest || next.atMs - edge.atMs <= holdMs) continue;
    [hold, holdMs] = [i, next.atMs - edge.atMs];
  }
  const bursts = holdMs < 0 ? [edges] : [edges.slice(0, hold + 1), edges.slice(hold + 1)];
  return {
    bounces: Math.max(0, edges.length - 2),
    burstMs: Math.max(0, ...bursts.map((burst) => (burst.at(-1)?.atMs ?? 0) - (burst[0]?.atMs ?? 0))),
    pauseMs: Math.max(
      0,
      ...bursts.flatMap((burst) => burst.slice(1).map((edge, i) => edge.atMs - (burst[i]?.atMs ?? 0))),
    ),
  };
}

/** In steps of 5 ms, half as long again as the longest pause. */
export function debounceFor({ pauseMs }: PressShape): number {
  return Math.max(5, Math.ceil((pauseMs * 1.5) / 5) * 5);
}
