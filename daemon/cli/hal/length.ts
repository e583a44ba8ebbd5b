/**
 * Lengths of time as one types them: 200ms, 60s, 5m, 1h.
 */
import { Fault } from "../../../hal/fault.ts";
import { quote, type Call } from "../command.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Null when the option was not given. Throws Fault `invalid` past `mostMs`. */
export function lengthOf(call: Call, option: string, mostMs: number): number | null {
  const text = call.value(option);
  if (text === null) return null;
  const [, count, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h)$/u.exec(text) ?? [];
  const ms = Number(count) * (units[unit ?? ""] ?? 0);
  if (ms > 0 && ms <= mostMs) return ms;
  throw new Fault(
    "invalid",
    `--${option} ${quote(text)} is not allowed; allowed: a length like 200ms, 60s, 5m or 1h, at most ${mostMs / 1_000} s`,
  );
}
