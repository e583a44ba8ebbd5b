/**
 * View: which stretch of time the band shows, and where a time stands on it. Pure.
 *
 * The playhead stays where it is, right of the middle because there is more to see before it than after: dragging the
 * band moves the time under it, and zooming keeps it. Times are
 * wall milliseconds, so a day in which the clocks change is 23 or 25 hours wide and every hour is as wide as another.
 */
import { dayStart, nextDayStart } from "../events/group.ts";

export interface View {
  readonly atMs: number;
  /** From the left edge to the right one. */
  readonly spanMs: number;
}

export interface Bounds {
  readonly oldestMs: number;
  readonly nowMs: number;
}

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const shortestMs = 10 * minuteMs;
export const longestMs = 7 * dayMs;

/** What one tap zooms to. */
export const spans = { week: longestMs, day: dayMs, hour: hourMs, minutes: shortestMs } as const;
export type SpanName = keyof typeof spans;

/** Where the playhead is, of the width. */
export const headFrac = 0.7;

export const startOf = ({ atMs, spanMs }: View): number => atMs - spanMs * headFrac;
export const endOf = ({ atMs, spanMs }: View): number => atMs + spanMs * (1 - headFrac);

export function pxOf(view: View, widthPx: number, timeMs: number): number {
  return ((timeMs - startOf(view)) / view.spanMs) * widthPx;
}

export function timeOf(view: View, widthPx: number, px: number): number {
  return startOf(view) + (px / widthPx) * view.spanMs;
}

/** Held between the oldest there is and now. */
export function heldIn({ oldestMs, nowMs }: Bounds, { atMs, spanMs }: View): View {
  const held = Math.min(Math.max(atMs, Math.min(oldestMs, nowMs)), nowMs);
  return { atMs: Math.round(held), spanMs: clampSpan(spanMs) };
}

function clampSpan(spanMs: number): number {
  // a day of 25 hours is shown whole, and so is a week with one
  return Math.min(Math.max(spanMs, shortestMs), longestMs + hourMs);
}

/** `factor` below 1 comes closer. */
export function zoomed({ atMs, spanMs }: View, factor: number): View {
  return { atMs, spanMs: clampSpan(spanMs * factor) };
}

/** The local day in which a time lies, from its midnight to the next. */
export function dayView(timeMs: number): View {
  const fromMs = dayStart(timeMs);
  const toMs = nextDayStart(fromMs);
  return { atMs: fromMs + (toMs - fromMs) * headFrac, spanMs: toMs - fromMs };
}

/** How far an arrow key goes: 10 s of ten minutes, 24 min of a day. */
export const stepMs = ({ spanMs }: View): number => Math.round(spanMs / 60);
