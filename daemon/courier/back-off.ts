/**
 * Back-off: how long to wait before the next attempt. Doubles from the first to the last; pure.
 */
export interface Waits {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** `random` 0 <= n < 1: between half of it and all of it, so that doorbells do not come together; 1 = all of it. */
export function backOffMs(failures: number, { firstMs, lastMs }: Waits, random = 1): number {
  const most = Math.min(lastMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(most * (0.5 + random / 2));
}
