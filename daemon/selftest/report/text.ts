/**
 * Text: a report for the terminal, at most 80 columns wide.
 *
 * What was seen stands under every check, what to do under those that did not pass. Colour says nothing that
 * the words do not.
 */
import type { CheckReport, SelftestReport, Verdict } from "../../wire/selftest.ts";
import { byGroup, countsText, cutTexts, figureText, groupNames, wallText } from "./words.ts";

const columns = 80;
const indent = 8;
const marks: Readonly<Record<Verdict, string>> = { pass: "ok", warn: "LOOK", fail: "FAIL", skip: "-" };
/** Green, yellow, red, grey. */
const colours: Readonly<Record<Verdict, number>> = { pass: 32, warn: 33, fail: 31, skip: 90 };

export interface TextOptions {
  readonly colours: boolean;
}

export function reportText(report: SelftestReport, options: TextOptions): string[] {
  const paint = painter(options);
  const { board, sill, how, startedWallMs, tookMs, cut, verdict } = report;
  const head = [
    ...wrapped(
      `Self-test of ${board}, Sill ${sill}, ${how === "a running house" ? `beside ${how}` : how}`,
      0,
    ),
    `${wallText(startedWallMs)} UTC, ${Math.round(tookMs / 1_000)} s`,
  ];
  const body = byGroup(report.checks).flatMap(([group, checks]) => [
    "",
    groupNames[group],
    ...checks.flatMap((check) => checkText(check, options)),
  ]);
  const tail = ["", paint(countsText(report), colours[verdict]), ...(cut === null ? [] : [cutTexts[cut]])];
  return [...head, ...body, ...tail];
}

/** One check as it is told, also while the run goes on. */
export function checkText(check: CheckReport, options: TextOptions): string[] {
  const { verdict, title, seen, advice, figures, waveform } = check;
  const paint = painter(options);
  const mark = paint(marks[verdict].padEnd(indent - 2), colours[verdict]);
  const troubled = verdict === "warn" || verdict === "fail";
  return [
    ...wrapped(title, indent).map((line, at) => (at === 0 ? `  ${mark}${line.trimStart()}` : line)),
    ...wrapped(seen, indent),
    ...(troubled && figures.length > 0 ? wrapped(figures.map(figureText).join("; "), indent) : []),
    ...(waveform === undefined ? [] : waveText(waveform.edges)),
    ...(advice === undefined ? [] : wrapped(`-> ${advice}`, indent)),
  ];
}

function painter({ colours: wanted }: TextOptions): (text: string, colour: number) => string {
  return (text, colour) => (wanted ? `\u001B[${colour}m${text}\u001B[0m` : text);
}

/** Level from left to right: `_` inactive, `#` active, `|` both within one column. */
function waveText(edges: NonNullable<CheckReport["waveform"]>["edges"]): string[] {
  const first = edges[0];
  if (first === undefined) return [];
  const spanMs = Math.max(1, (edges.at(-1)?.atMs ?? 0) - first.atMs);
  const width = columns - indent - 2;
  const cells = Array.from({ length: width }, () => "_");
  const columnOf = (atMs: number): number =>
    Math.min(width - 1, Math.floor(((atMs - first.atMs) / spanMs) * width));
  for (const [at, { atMs, active }] of edges.entries()) {
    const column = columnOf(atMs);
    const until = columnOf(edges[at + 1]?.atMs ?? first.atMs + spanMs);
    if (active) cells.fill("#", column, Math.max(column + 1, until));
    else if (cells[column] === "#") cells[column] = "|";
  }
  const pad = " ".repeat(indent);
  return [`${pad}${cells.join("")}`, `${pad}${edges.length} edges in ${spanMs.toFixed(1)} ms`];
}

/** Words put on lines; one that is wider than a line stands alone. */
export function wrapped(text: string, left: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of plain(text)
    .split(" ")
    .filter((each) => each !== "")) {
    if (line !== "" && left + line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => " ".repeat(left) + each);
}

/** A report can come from elsewhere: nothing in it may steer the terminal. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- those are what goes
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/gu, " ");
}
