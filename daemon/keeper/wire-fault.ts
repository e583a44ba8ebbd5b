/**
 * Wire fault: a Fault as it is shown; the cause stays inside.
 */
import type { Fault } from "../../hal/fault.ts";

export interface WireFault {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}

export function wireFault({ kind, message, hint }: Fault): WireFault {
  return hint === undefined ? { kind, message } : { kind, message, hint };
}
