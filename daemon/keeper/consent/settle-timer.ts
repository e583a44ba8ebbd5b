/**
 * Settle timer: every minute, what time and the index bring about for requests. Returns its stop.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { RequestBook } from "./request-book.ts";

const everyMs = 60_000;

export function settleRequests(
  book: RequestBook,
  clock: Clock,
  onFault: (fault: Fault) => void,
): () => Promise<void> {
  let settling = Promise.resolve();
  const settle = (): void => {
    settling = book.settle().catch((error: unknown) => onFault(toFault(error)));
  };
  settle();
  const cancel = clock.every(everyMs, settle);
  return () => {
    cancel();
    return settling;
  };
}
