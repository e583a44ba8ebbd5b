/**
 * Answer: what a place says to an alert, as something to do: nothing, later, or never. Pure.
 */
import type { Answer } from "../http/exchange.ts";
import { statusFault } from "../http/words.ts";
import { Busy, Refused } from "./channel.ts";

/** Throws Refused for what will not change, Busy for who asks to come later, Fault for the rest. */
export function taken({ status, header }: Pick<Answer, "status" | "header">, host: string): void {
  if (status >= 200 && status < 300) return;
  const fault = statusFault(status, host);
  if (status === 429 || status === 503) {
    const seconds = Number(header("retry-after") ?? Number.NaN);
    throw new Busy(fault.message, Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0);
  }
  if (status >= 300 && status < 500 && status !== 408 && status !== 425)
    throw new Refused(fault.kind, fault.message, { hint: fault.hint });
  throw fault;
}
