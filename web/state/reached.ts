/**
 * Reached: when this browser last heard of its doorbell, for who opens the page while it is away.
 *
 * A time and nothing else, kept over restarts of the browser; written at most once a minute.
 */
const key = "sill-reached";
const everyMs = 60_000;
let writtenWallMs = -Infinity;

export function reached(wallMs: number): void {
  if (Math.abs(wallMs - writtenWallMs) < everyMs) return;
  writtenWallMs = wallMs;
  try {
    localStorage.setItem(key, String(Math.round(wallMs)));
  } catch {
    // a browser that keeps nothing
  }
}

/** Null = never, as far as this browser knows. */
export function lastReached(): number | null {
  try {
    const wallMs = Number(localStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(wallMs) ? wallMs : null;
  } catch {
    return null;
  }
}
