/**
 * Timeline: the pieces of one recording that were sent, one after another, without the gaps that were left out.
 *
 * A piece keeps its own time inside the file; `offsetMs` is what moves it to its place here. Pure.
 */
import type { Letter } from "../../../daemon/consent/letter.ts";

type SentClip = Letter["clips"][number];

export interface Piece {
  /** Among the pieces that were sent. */
  readonly index: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly offsetMs: number;
}

export interface Timeline {
  readonly pieces: readonly Piece[];
  readonly totalMs: number;
  /** Left out between the first piece and the last. */
  readonly gaps: number;
  /** When the first piece begins, by the doorbell's clock. */
  readonly startWallMs: number;
}

/** Pieces overlap or lie apart by rounding: below this it is no gap. */
const roundingMs = 50;

export function timelineOf({
  fragments,
  startWallMs,
}: Pick<SentClip, "fragments" | "startWallMs">): Timeline {
  const pieces: Piece[] = [];
  let totalMs = 0;
  let gaps = 0;
  let endMs: number | null = null;
  for (const [index, { startMs, durationMs }] of fragments.entries()) {
    if (endMs !== null && startMs - endMs > roundingMs) gaps += 1;
    pieces.push({ index, startMs: totalMs, durationMs, offsetMs: totalMs - startMs });
    totalMs += durationMs;
    endMs = startMs + durationMs;
  }
  return { pieces, totalMs, gaps, startWallMs: startWallMs + (fragments[0]?.startMs ?? 0) };
}
