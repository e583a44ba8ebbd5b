/**
 * Report text: what the journal holds and what happened in it, as lines for a terminal.
 */
import type { AreaNoise } from "../../calibration/noise.ts";
import type { Held } from "../../keeper/calibration/held.ts";
import type { JournalSpan } from "../../sight/journal/records.ts";
import type { Preview } from "../../wire/api-calibration.ts";
import { lengthText, sizeText, timeText } from "../amounts.ts";
import { textTable } from "../table.ts";

export interface Report {
  readonly journal: { readonly span: JournalSpan; readonly bytes: number; readonly gaps: Held["gaps"] };
  /** The time that the rest is about. */
  readonly span: JournalSpan;
  readonly events: { readonly told: number; readonly good: number; readonly false: number };
  readonly byHour: Preview["byHour"];
  readonly byCause: Preview["byCause"];
  readonly zones: readonly (AreaNoise & { readonly sensitivity: number })[];
}

const mostGaps = 5;
const barWidth = 30;

export function reportLines(report: Report): string[] {
  const { journal, span, events } = report;
  return [
    ...textTable([
      ["motion journal", `${spanText(journal.span)}, ${sizeText(journal.bytes)}`],
      ["asked about", spanText(span)],
      ["events told", `${events.told} (${events.good} marked good, ${events.false} false alarms)`],
    ]),
    ...gapLines(journal.gaps),
    "",
    ...hourLines(report.byHour),
    "",
    ...causeLines(report.byCause),
    "",
    ...zoneLines(report.zones),
  ];
}

function spanText({ fromWallMs, toWallMs }: JournalSpan): string {
  return `${timeText(fromWallMs)} to ${timeText(toWallMs)}`;
}

function gapLines(gaps: Held["gaps"]): string[] {
  if (gaps.length === 0) return [];
  const shown = gaps
    .slice(-mostGaps)
    .map(({ fromWallMs, toWallMs, why }) => [
      "  missing",
      timeText(fromWallMs),
      lengthText(toWallMs - fromWallMs),
      why,
    ]);
  const more = gaps.length - shown.length;
  return [...textTable(shown), ...(more > 0 ? [`  and ${more} more before these`] : [])];
}

/** Told, and what the settings of now would tell; hours without either are left out. */
function hourLines(byHour: Preview["byHour"]): string[] {
  const most = byHour.reduce((best, { was, preview }) => Math.max(best, was, preview), 1);
  const rows = byHour.flatMap(({ was, preview }, hour) =>
    was + preview === 0
      ? []
      : [
          [
            `${String(hour).padStart(2, "0")}:00`,
            String(was),
            String(preview),
            "#".repeat(Math.round((barWidth * preview) / most)),
          ],
        ],
  );
  if (rows.length === 0) return ["No movement was told, and none would be."];
  return textTable([["HOUR", "TOLD", "WITH THESE ZONES", ""], ...rows], { right: [1, 2] });
}

function causeLines(byCause: Preview["byCause"]): string[] {
  const rows = Object.entries(byCause)
    .toSorted(([, a], [, b]) => b.preview + b.was - a.preview - a.was)
    .map(([cause, { was, preview }]) => [cause, String(was), String(preview)]);
  return rows.length === 0
    ? []
    : textTable([["CAUSE", "TOLD", "WITH THESE ZONES"], ...rows], { right: [1, 2] });
}

function zoneLines(zones: Report["zones"]): string[] {
  const rows = zones.map(({ name, sensitivity, quietHours, noise, most, least }) => [
    name,
    String(sensitivity),
    noise === null ? "-" : `${noise} (${quietHours} quiet ${quietHours === 1 ? "hour" : "hours"})`,
    rangeText(least, most),
  ]);
  return textTable([["ZONE", "SENSITIVITY", "NOISE", "SUGGESTED"], ...rows], { right: [1] });
}

function rangeText(least: number | null, most: number | null): string {
  if (least === null) return most === null ? "not enough seen yet" : `up to ${most}`;
  if (most === null) return `from ${least}`;
  if (least <= most) return `${least} to ${most}`;
  return `none: events need ${least}, quiet hours stand ${most} (mark events, then sill calibrate propose)`;
}
