/**
 * Retry: what ends a parcel, and how long to wait before the next attempt at any other.
 *
 * Waiting doubles from 2 seconds to 15 minutes and begins anew after each chunk that arrived. It ends when the
 * keeper says so: the grant's own end is the bound.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { backOffMs } from "../back-off.ts";

const waits = { firstMs: 2_000, lastMs: 15 * 60_000 };

export function retryAfterMs(failures: number): number {
  return backOffMs(failures, waits);
}

/** Trying again would fail again. */
export class FinalFault extends Fault {}

export function final({ kind, message, hint, cause }: Fault): FinalFault {
  return new FinalFault(kind, message, { hint, cause });
}

/** Resolves after `ms`; rejects with the signal's reason. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const cancel = clock.after(ms, resolve);
  if (signal.aborted) onAbort();
  return promise.finally(() => {
    cancel();
    signal.removeEventListener("abort", onAbort);
  });
}
