/** Moves a simulated clock until something is over. For what waits for nothing but that clock. */
import type { SimClock } from "../../../hal/sim/clock.ts";

export async function played<T>(clock: SimClock, running: Promise<T>): Promise<T> {
  const now = { over: false };
  const watched = running.finally(() => (now.over = true));
  watched.catch(() => {}); // the caller hears
  while (!now.over) await clock.advance(20);
  return watched;
}
