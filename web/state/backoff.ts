/**
 * Back-off: how long to wait before connecting again.
 *
 * Doubles from half a second to eight, with up to a quarter taken off at random, so that the
 * pages of a household do not all come back in the same instant.
 */
const firstMs = 500;
const lastMs = 8_000;

/** `attempt` counts failures since the last success, from 0; `chance` is 0..1. */
export function retryDelayMs(attempt: number, chance: number): number {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(full * (1 - chance / 4));
}
