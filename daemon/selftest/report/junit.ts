/**
 * JUnit: a report as build servers read it. A suite for each group, a case for each check.
 *
 * `fail` is a failure; `warn` passes and says so in its output; `skip` is skipped. Figures are properties.
 */
import type { CheckReport, SelftestReport } from "../../wire/selftest.ts";
import { byGroup, figureText } from "./words.ts";

export function reportJunit(report: SelftestReport): string {
  const { checks, tookMs, startedWallMs } = report;
  const timestamp = new Date(startedWallMs).toISOString().replace(/\.\d+Z$/u, "");
  const suites = byGroup(checks).flatMap(([group, its]) => [
    `  <testsuite ${attributes({ name: `sill.${group}`, ...countsOf(its), errors: 0, time: secondsOf(its), timestamp })}>`,
    "    <properties>",
    ...propertiesOf(report).map((line) => `      ${line}`),
    "    </properties>",
    ...its.flatMap(caseOf).map((line) => `    ${line}`),
    "  </testsuite>",
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: "sill selftest", ...countsOf(checks), errors: 0, time: seconds(tookMs), timestamp })}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function propertiesOf({ sill, board, how, id, attended, outbound, cut }: SelftestReport): string[] {
  const all = { sill, board, how, report: id, attended, outbound, ...(cut === null ? {} : { cut }) };
  return Object.entries(all).map(([name, value]) => property(name, String(value)));
}

function caseOf({ id, group, title, verdict, seen, advice, figures, tookMs }: CheckReport): string[] {
  const head = attributes({ classname: `sill.${group}`, name: id, time: seconds(tookMs) });
  const more = advice === undefined ? seen : `${seen}\n${advice}`;
  const told = {
    pass: [`<system-out>${text(`${title}: ${seen}`)}</system-out>`],
    warn: [`<system-out>${text(`to look at: ${title}: ${more}`)}</system-out>`],
    fail: [`<failure ${attributes({ message: seen, type: "fail" })}>${text(`${title}: ${more}`)}</failure>`],
    skip: [`<skipped ${attributes({ message: seen })}/>`],
  }[verdict];
  const properties =
    figures.length === 0
      ? []
      : [
          "  <properties>",
          ...figures.map((figure) => `    ${property(figure.name, figureText(figure))}`),
          "  </properties>",
        ];
  return [`<testcase ${head}>`, ...properties, ...told.map((line) => `  ${line}`), "</testcase>"];
}

function countsOf(checks: readonly CheckReport[]) {
  const count = (verdict: CheckReport["verdict"]): number =>
    checks.filter((each) => each.verdict === verdict).length;
  return { tests: checks.length, failures: count("fail"), skipped: count("skip") };
}

function secondsOf(checks: readonly CheckReport[]): string {
  return seconds(checks.reduce((sum, { tookMs }) => sum + tookMs, 0));
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

function property(name: string, value: string): string {
  return `<property ${attributes({ name, value })}/>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${text(String(value)).replaceAll("\n", "&#10;")}"`)
    .join(" ");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What XML 1.0 cannot hold at all becomes a question mark. */
function text(plain: string): string {
  return (
    plain
      // oxlint-disable-next-line no-control-regex -- those are what goes
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, "?")
      .replaceAll(/[&<>"']/gu, (letter) => entities[letter] ?? letter)
  );
}
