/**
 * Labels text: every label's threshold and what the past says of it, for people at 80 columns.
 */
import type { LabelThresholds } from "../../wire/api-calibration.ts";
import { timeText } from "../amounts.ts";
import { textTable } from "../table.ts";
import { screenWidth, wrapped } from "../wrapped.ts";

const indent = "  ";

export function labelLines({ fromWallMs, labels }: LabelThresholds): string[] {
  const rows = labels.map(({ label, threshold, called, wrong, confirmed, proposed }) => [
    label,
    threshold === null ? "as the model says" : percent(threshold),
    String(called),
    String(wrong),
    String(confirmed),
    proposed === null ? "-" : percent(proposed),
  ]);
  const head = ["LABEL", "COUNTS FROM", "CALLED", "CORRECTED", "CONFIRMED", "PROPOSED"];
  const said = labels.flatMap(({ label, words }) => [
    "",
    `${label}:`,
    ...words.flatMap((sentence) =>
      wrapped(sentence, screenWidth - indent.length).map((line) => indent + line),
    ),
  ]);
  return [
    `Events since ${timeText(fromWallMs)}`,
    "",
    ...textTable([head, ...rows], { right: [2, 3, 4, 5] }),
    ...said,
  ];
}

function percent(of: number): string {
  return `${Math.round(of * 100)} %`;
}
