/**
 * Player: the edges of a trace, one after the other, by the Clock.
 *
 * Trace time 0 is at `epochWallMs`, so that processes which do not talk to each other play the
 * same moment. Opening late joins at the current place: what was before stays silent. The wall
 * clock is looked at once, at the start; after that a clock correction changes nothing.
 */
import type { Clock } from "../sensors.ts";
import type { TraceEdge } from "./trace.ts";

export interface PlayOptions {
  readonly edges: readonly TraceEdge[];
  readonly clock: Clock;
  readonly epochWallMs: number;
  /** The trace starts again after this long; null = it is played once. */
  readonly loopMs: number | null;
}

export interface PlayedEdge {
  readonly active: boolean;
  readonly monoMs: number;
  readonly wallMs: number;
}

/** The last edge at or before the current moment, if there was one: what a line's level is now. */
export function levelNow(options: PlayOptions): boolean {
  const { edges, clock, epochWallMs, loopMs } = options;
  const elapsedMs = clock.wallMs() - epochWallMs;
  const again = loopMs !== null && elapsedMs >= loopMs;
  const passed = edges.filter((edge) => edge.atMs <= (again ? elapsedMs % loopMs : elapsedMs));
  return (passed.at(-1) ?? (again ? edges.at(-1) : undefined))?.active ?? false;
}

/** A timer cannot wait longer than 2^31 ms. */
const longestWaitMs = 86_400_000;

/** Plays until the trace ends or the returned stop is called; `handler` runs in the Clock's tasks. */
export function play(options: PlayOptions, handler: (edge: PlayedEdge) => void): () => void {
  const { edges, clock, loopMs } = options;
  const epochMonoMs = clock.monoMs() - (clock.wallMs() - options.epochWallMs);
  let round = loopMs === null ? 0 : Math.max(0, Math.floor((clock.monoMs() - epochMonoMs) / loopMs));
  let index = 0;
  let cancel = (): void => {};

  /** The edge to come and its time by the Clock, null at the end of the trace. */
  const coming = (): { edge: TraceEdge; dueMs: number } | null => {
    const edge = edges[index];
    return edge === undefined ? null : { edge, dueMs: epochMonoMs + round * (loopMs ?? 0) + edge.atMs };
  };
  const skip = (): void => {
    index += 1;
    if (index < edges.length || loopMs === null) return;
    index = 0;
    round += 1;
  };
  const wait = (): void => {
    const next = coming();
    if (next === null) return;
    cancel = clock.after(Math.min(Math.max(0, next.dueMs - clock.monoMs()), longestWaitMs), tellDue);
  };
  const tellDue = (): void => {
    for (let next = coming(); next !== null && next.dueMs <= clock.monoMs(); next = coming()) {
      skip();
      const lateMs = clock.monoMs() - next.dueMs;
      handler({ active: next.edge.active, monoMs: next.dueMs, wallMs: Math.round(clock.wallMs() - lateMs) });
    }
    wait();
  };

  const startMs = clock.monoMs();
  for (let next = coming(); next !== null && next.dueMs <= startMs; next = coming()) skip();
  wait();
  return () => cancel();
}
