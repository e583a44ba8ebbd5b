/**
 * Log: one JSON object per line on standard output.
 *
 * Written in the background and bounded: a reader that stalls costs log lines, never a press.
 * What is logged: states, counts and faults; never frame contents, keys or places.
 */
import { pino, destination, type Logger } from "pino";
import type { Settings } from "../../config/schema.ts";
import type { Fault } from "../../hal/fault.ts";

export type { Logger };

const maxWaitingBytes = 1024 * 1024;

export function openLog(settings: Settings): Logger {
  const out = destination({ fd: 1, sync: false, maxLength: maxWaitingBytes });
  return pino({ level: settings.log.level, base: { process: "keeper" } }, out);
}

/** A fault as fields; the cause stays out, it may name anything. */
export function faultFields(fault: Fault): { fault: { kind: string; message: string; hint?: string } } {
  const { kind, message, hint } = fault;
  return { fault: { kind, message, ...(hint === undefined ? {} : { hint }) } };
}
