/**
 * Reached: when this browser last heard of its doorbell, for who opens the page while it is away.
 *
 * A time and nothing else, kept over restarts of the browser; written at most once a minute.
 */
import { remember, remembered } from "./remembered.ts";

const key = "sill-reached";
const everyMs = 60_000;
let writtenWallMs = -Infinity;

export function reached(wallMs: number): void {
  if (Math.abs(wallMs - writtenWallMs) < everyMs) return;
  writtenWallMs = wallMs;
  remember(key, String(Math.round(wallMs)));
}

/** Null = never, as far as this browser knows. */
export function lastReached(): number | null {
  const wallMs = Number(remembered(key) ?? Number.NaN);
  return Number.isFinite(wallMs) ? wallMs : null;
}
