/**
 * The readable summary of all checks: one line each, the problems of the failed ones last.
 */
import type { CheckResult } from "./checks.ts";

export function checkSummary(results: readonly CheckResult[]): string {
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  const failed = results.filter(({ problems }) => problems.length > 0);
  return [
    ...results.map(({ name, tookMs, problems }) => {
      const state = problems.length === 0 ? "ok    " : "FAILED";
      return `${state}  ${name.padEnd(width)}  ${(tookMs / 1000).toFixed(1)} s`;
    }),
    ...failed.flatMap(({ name, problems }) => ["", `${name}:`, ...problems.map(indent)]),
    "",
    `${results.length - failed.length} checks passed, ${failed.length} failed`,
  ].join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, "  ");
}
