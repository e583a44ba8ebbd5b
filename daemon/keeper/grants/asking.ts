/**
 * Asking: when to look at a dock for a receipt or an answer. Pure.
 *
 * Soon at first, later once a day, and then no more: a minute, ten, an hour, six hours, and thirty days.
 * Each time is moved by up to a quarter, so that devices which delivered together do not ask together.
 */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const delaysMs = [minuteMs, 10 * minuteMs, hourMs, 6 * hourMs];
export const mostAsks = delaysMs.length + 30;

export interface Asking {
  /** How often it was looked so far. */
  readonly times: number;
  readonly nextWallMs: number;
}

export function firstAsking(wallMs: number, random: number): Asking {
  return { times: 0, nextWallMs: wallMs + jittered(delaysMs[0] ?? dayMs, random) };
}

/** Null = it has been looked often enough. */
export function nextAsking({ times }: Asking, wallMs: number, random: number): Asking | null {
  const next = times + 1;
  if (next >= mostAsks) return null;
  return { times: next, nextWallMs: wallMs + jittered(delaysMs[next] ?? dayMs, random) };
}

/** Also when the clock went back by more than any delay. */
export function isDue({ nextWallMs }: Asking, wallMs: number): boolean {
  return wallMs >= nextWallMs || nextWallMs - wallMs > 2 * dayMs;
}

function jittered(ms: number, random: number): number {
  return Math.round(ms * (0.75 + random / 2));
}
