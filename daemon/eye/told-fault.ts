/**
 * Told fault: a Fault as messages carry it.
 */
import type { Fault } from "../../hal/fault.ts";

export interface ToldFault {
  kind: string;
  message: string;
  hint?: string;
}

export function toldFault({ kind, message, hint }: Pick<Fault, "kind" | "message" | "hint">): ToldFault {
  return { kind, message, ...(hint === undefined ? {} : { hint }) };
}
