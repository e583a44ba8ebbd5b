/**
 * Trace: the last minute of heat, small enough to be judged again at every step of a slider. Pure.
 *
 * Keeps per picture the best level in each area and the conditions, so that another sensitivity redraws
 * the whole minute, not only what comes. Bounded by time and by count: the oldest go.
 */
import { mostLevel, scoreOf } from "../../../daemon/sight/levels.ts";
import type { Moment } from "../../../daemon/sight/rules.ts";

export interface Sample extends Moment {
  readonly wallMs: number;
  readonly most: Uint8Array;
}

export const traceMs = 60_000;
const mostSamples = 3_600;

/** A clock that stepped back starts anew. */
export function withSample(trace: readonly Sample[], sample: Sample): Sample[] {
  const last = trace.at(-1);
  if (last !== undefined && sample.wallMs < last.wallMs) return [sample];
  const from = sample.wallMs - traceMs;
  let start = Math.max(0, trace.length + 1 - mostSamples);
  while ((trace[start]?.wallMs ?? Infinity) < from) start += 1;
  return [...trace.slice(start), sample];
}

/** `asksAt` gives what each area asks for under those conditions. */
export function scoreAt(sample: Sample, asksAt: (when: Moment) => readonly number[]): number {
  const asks = asksAt(sample);
  return sample.most.reduce((best, level, i) => Math.max(best, scoreOf(level, asks[i] ?? mostLevel + 1)), 0);
}

/** The least sensitivity that would have fired in an area during the minute; null = nothing stirred there. */
export function leastThatFires(trace: readonly Sample[], area: number): number | null {
  const most = trace.reduce((best, sample) => Math.max(best, sample.most[area] ?? 0), 0);
  return most === 0 ? null : mostLevel + 1 - most;
}
