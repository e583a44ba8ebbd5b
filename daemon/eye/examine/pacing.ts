/**
 * Pacing: how evenly frames came, by their own media times. Pure.
 */
import type { FrameTiming } from "../../../hal/frame.ts";

export interface Pacing {
  readonly gapMs: { readonly median: number; readonly p99: number; readonly most: number };
  /** Numbers that are missing in the camera's count. */
  readonly skipped: number;
}

export function pacingOf(frames: readonly FrameTiming[]): Pacing {
  const gaps: number[] = [];
  let skipped = 0;
  for (const [i, frame] of frames.entries()) {
    const before = frames[i - 1];
    if (before === undefined) continue;
    gaps.push((frame.ptsUs - before.ptsUs) / 1_000);
    skipped += Math.max(0, frame.sequence - before.sequence - 1);
  }
  gaps.sort((a, b) => a - b);
  return { gapMs: { median: at(gaps, 0.5), p99: at(gaps, 0.99), most: gaps.at(-1) ?? 0 }, skipped };
}

/** What so much of the sorted values does not exceed; 0 of none. */
export function at(sorted: readonly number[], frac: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(frac * sorted.length))] ?? 0;
}
