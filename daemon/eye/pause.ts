/**
 * Pause: wait for a while, or until somebody says stop. Leaves neither timer nor listener behind.
 */
import type { Clock } from "../../hal/sensors.ts";

export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  const cancel = clock.after(ms, end);
  signal.addEventListener("abort", end, { once: true });
  await over;
  cancel();
  signal.removeEventListener("abort", end);
}
