/**
 * Said: the four answers of a check, short to write.
 */
import { toFault } from "../../../hal/fault.ts";
import type { CheckResult } from "../check.ts";

type More = Pick<CheckResult, "figures" | "waveform" | "histogram" | "picture">;

export function passed(seen: string, more: More = {}): CheckResult {
  return { verdict: "pass", seen, ...more };
}

export function warned(seen: string, advice: string, more: More = {}): CheckResult {
  return { verdict: "warn", seen, advice, ...more };
}

export function failed(seen: string, advice: string, more: More = {}): CheckResult {
  return { verdict: "fail", seen, advice, ...more };
}

export function skipped(seen: string, advice?: string): CheckResult {
  return { verdict: "skip", seen, advice };
}

export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** The answer, or the Fault of reading what it needs as a failure; its own hint goes before `advice`. */
export async function orFailed(ask: () => Promise<CheckResult>, advice: string): Promise<CheckResult> {
  try {
    return await ask();
  } catch (error) {
    const { message, hint } = toFault(error);
    return failed(message, hint ?? advice);
  }
}
