/**
 * Sweep text: the table for a terminal, with the time in motion drawn beside it.
 */
import { clockText } from "../clock-text.ts";
import type { SweepRow } from "./sweep.ts";

const barWidth = 30;

export function sweepText(sweep: { rows: readonly SweepRow[]; positives: number | null }): string {
  const { rows, positives } = sweep;
  const most = rows.reduce((best, { motionMs }) => Math.max(best, motionMs), 1);
  const labelled = positives === null ? [] : ["FOUND", "FALSE"];
  const lines = rows.map((row) => [
    String(row.sensitivity),
    String(row.events),
    `${(row.motionMs / 1_000).toFixed(1)} s`,
    row.firstMs === null ? "-" : clockText(row.firstMs),
    ...(positives === null ? [] : [`${row.found ?? 0} of ${positives}`, String(row.false ?? 0)]),
    "#".repeat(Math.ceil((barWidth * row.motionMs) / most)),
  ]);
  return aligned([["SENSITIVITY", "EVENTS", "MOTION", "FIRST AT", ...labelled, "MOTION, DRAWN"], ...lines]);
}

/** To the right, but for the last column. */
function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, c) => Math.max(...lines.map((line) => line[c]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, c) => (c === line.length - 1 ? cell : cell.padStart(widths[c] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
