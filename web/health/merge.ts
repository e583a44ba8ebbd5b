/**
 * Merge: what the page knows of a problem (title, what to do) and since when it stands, by the name that both sides use. Pure.
 *
 * What the doorbell alone can tell is added in its own words; what only the page finds has no beginning.
 */
import type { HealthLog } from "../../daemon/wire/api-health.ts";
import { sentence } from "../look/format.ts";
import type { Problem } from "../status/problems.ts";
import { words } from "../words.ts";

export interface Standing {
  readonly problem: Problem;
  /** null = not known. */
  readonly forMs: number | null;
}

/** Worst first, and of each the oldest first. */
export function standingOf(problems: readonly Problem[], log: HealthLog["standing"]): Standing[] {
  const forMs = new Map(log.map((each) => [each.id, each.forMs]));
  const known = problems.map((problem) => ({ problem, forMs: forMs.get(problem.id) ?? null }));
  const told = new Set(problems.map(({ id }) => id));
  const others = log
    .filter(({ id }) => !told.has(id))
    .map(({ id, text, forMs: ms }): Standing => {
      const problem = { id, level: "warn", title: sentence(text), hint: words.health.otherHint } as const;
      return { problem, forMs: ms };
    });
  const rank = ({ problem }: Standing): number => (problem.level === "wrong" ? 0 : 1);
  return [...known, ...others].toSorted((a, b) => rank(a) - rank(b) || (b.forMs ?? 0) - (a.forMs ?? 0));
}

/** "2 days 3 hours": as exact as somebody would say it. */
export function lasted(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  return words.health.units(days, hours, minutes, seconds % 60);
}
