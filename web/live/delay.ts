/**
 * Delay: how old is the picture on the screen?
 *
 * Remembers for the newest units where the buffer ended and when the camera saw them, and looks
 * up the unit at the playing position. The two clocks (doorbell, viewer) differ; `offsetMs` is
 * the doorbell's wall clock minus the viewer's, from the notice with the shortest way.
 */
export interface Mark {
  readonly endS: number;
  readonly wallMs: number;
}

const marksKept = 120;

export function addMark(marks: readonly Mark[], mark: Mark): Mark[] {
  const last = marks.at(-1);
  const kept = last !== undefined && mark.endS <= last.endS ? [] : marks;
  return [...kept.slice(1 - marksKept), mark];
}

/** Null: nothing is known about this position. */
export function delayMs(marks: readonly Mark[], positionS: number, viewerNowMs: number): number | null {
  const shown = marks.find((mark) => mark.endS > positionS) ?? null;
  return shown === null ? null : Math.max(0, viewerNowMs - shown.wallMs);
}

/** A notice is always late, never early: the largest difference seen is the nearest to the truth. */
export function closerOffset(offsetMs: number | null, serverWallMs: number, viewerWallMs: number): number {
  const seen = serverWallMs - viewerWallMs;
  return offsetMs === null ? seen : Math.max(offsetMs, seen);
}
