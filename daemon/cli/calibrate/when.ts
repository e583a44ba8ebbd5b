/**
 * When: the time that a question is about: --from and --to, or --last.
 */
import { Fault } from "../../../hal/fault.ts";
import type { JournalSpan } from "../../sight/journal/records.ts";
import { quote, type Call, type Option } from "../command.ts";

export const whenOptions: Readonly<Record<string, Option>> = {
  from: { value: "TIME", about: 'Only from this local time on, e.g. "2026-01-31 12:00"' },
  to: { value: "TIME", about: "Only up to this local time" },
  last: { value: "LENGTH", about: "Only the last part of it: 90s, 10m, 24h, 7d" },
};

const lengths: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Within what there is; `--last` counts from `endWallMs` back. Throws Fault `invalid`. */
export function whenOf(call: Call, whole: JournalSpan, endWallMs: number): JournalSpan {
  const [from, to, last] = [call.value("from"), call.value("to"), call.value("last")];
  if (last !== null && (from !== null || to !== null))
    throw new Fault("invalid", "--last goes without --from and --to");
  if (last !== null) return { fromWallMs: endWallMs - lengthOf(last), toWallMs: endWallMs };
  const span = {
    fromWallMs: from === null ? whole.fromWallMs : timeOf("--from", from),
    toWallMs: to === null ? whole.toWallMs : timeOf("--to", to),
  };
  if (span.fromWallMs < span.toWallMs) return span;
  throw new Fault("invalid", "--from must be before --to");
}

function lengthOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/u.exec(text) ?? [];
  const ms = Number(count) * (lengths[unit ?? ""] ?? 0);
  if (ms > 0) return ms;
  throw new Fault(
    "invalid",
    `--last ${quote(text)} is not allowed; allowed: a length like 60s, 10m, 24h or 7d`,
  );
}

/** "2026-01-31 12:00[:05]" or "...T...", local; or with a zone as ISO 8601 has it. */
function timeOf(option: string, text: string): number {
  const isTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/u.test(text);
  const local = text.length === 10 ? `${text}T00:00` : text.replace(" ", "T");
  const wallMs = isTime ? Date.parse(local) : Number.NaN;
  if (Number.isFinite(wallMs)) return wallMs;
  throw new Fault(
    "invalid",
    `${option} ${quote(text)} is not allowed; allowed: a time like "2026-01-31 12:00"`,
  );
}
