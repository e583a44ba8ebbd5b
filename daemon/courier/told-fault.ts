/**
 * Told fault: a Fault as messages carry it; the cause stays here.
 */
import type { Fault } from "../../hal/fault.ts";

export interface ToldFault {
  kind: string;
  message: string;
  hint?: string;
}

export function toldFault({ kind, message, hint }: Fault): ToldFault {
  return { kind, message, ...(hint === undefined ? {} : { hint }) };
}
