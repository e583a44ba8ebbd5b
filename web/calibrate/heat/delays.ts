/**
 * Delays: how old heat was when it was painted, and how often it came. Pure; for the details of the page.
 */
export interface Painted {
  readonly delayMs: number;
  readonly atMs: number;
}

const kept = 150;
const lookBackMs = 10_000;

export function withPainted(before: readonly Painted[], painted: Painted): Painted[] {
  return [...before.slice(1 - kept), painted];
}

export interface Delays {
  readonly medianMs: number;
  readonly worstMs: number;
  readonly perSecond: number;
}

/** Of the last ten seconds; null = nothing came. */
export function delaysOf(painted: readonly Painted[], nowMs: number): Delays | null {
  const recent = painted.filter(({ atMs }) => nowMs - atMs <= lookBackMs);
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined) return null;
  const sorted = recent.map(({ delayMs }) => delayMs).toSorted((a, b) => a - b);
  const lengthMs = last.atMs - first.atMs;
  return {
    medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
    perSecond: lengthMs === 0 ? 0 : ((recent.length - 1) * 1_000) / lengthMs,
  };
}
