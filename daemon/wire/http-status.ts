/**
 * HTTP status: what a Fault is answered with, by its kind. The one table, for doorbell and portal.
 */
import type { FaultKind } from "../../hal/fault.ts";

export const statusOfKind: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  denied: 403,
  "not-found": 404,
  exhausted: 507,
  cancelled: 503,
  unavailable: 503,
  timeout: 504,
  corrupt: 500,
  bug: 500,
};
