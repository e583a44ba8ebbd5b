/**
 * Sweep plot: what every sensitivity makes of a video, as an SVG picture: events above, time in motion below.
 *
 * Stands for itself: no script, nothing from elsewhere; follows the reader's light or dark.
 */
import { escaped, short } from "../../../calibration/markup.ts";
import type { SweepRow } from "./sweep.ts";

const width = 720;
const left = 64;
const right = 24;
const across = width - left - right;
const panel = { height: 150, gap: 62, top: 76 };
const height = panel.top + 2 * panel.height + panel.gap + 50;

export interface PlotOptions {
  readonly title: string;
  /** The sensitivity in force: a line. */
  readonly current: number;
  /** With labels: how many positives there are. */
  readonly positives: number | null;
}

interface Series {
  readonly name: string;
  readonly kind: "main" | "good" | "bad";
  readonly values: readonly number[];
}

export function sweepPlot(rows: readonly SweepRow[], options: PlotOptions): string {
  const { title, current, positives } = options;
  const events: Series[] = [{ name: "events", kind: "main", values: rows.map((row) => row.events) }];
  if (positives !== null) {
    events.push(
      { name: `found (of ${positives})`, kind: "good", values: rows.map((row) => row.found ?? 0) },
      { name: "false", kind: "bad", values: rows.map((row) => row.false ?? 0) },
    );
  }
  const motion: Series[] = [
    { name: "seconds in motion", kind: "main", values: rows.map((row) => row.motionMs / 1_000) },
  ];
  const xs = rows.map(({ sensitivity }) => sensitivity);
  const second = panel.top + panel.height + panel.gap;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Sweep of the sensitivity">`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${left}" y="28">${escaped(title)}</text>`,
    panelText({ xs, series: events, top: panel.top, isWhole: true }),
    panelText({ xs, series: motion, top: second, isWhole: false }),
    currentText(current, second + panel.height),
    ...[0, 20, 40, 60, 80, 100].map(
      (value) =>
        `<text class="tick" text-anchor="middle" x="${short(xOf(value))}" y="${second + panel.height + 20}">${value}</text>`,
    ),
    `<text class="axis" text-anchor="middle" x="${left + across / 2}" y="${height - 8}">sensitivity</text>`,
    "</svg>",
    "",
  ].join("\n");
}

interface Panel {
  readonly xs: readonly number[];
  readonly series: readonly Series[];
  readonly top: number;
  readonly isWhole: boolean;
}

function panelText({ xs, series, top, isWhole }: Panel): string {
  const ticks = ticksOf(Math.max(...series.flatMap(({ values }) => values), 1), isWhole);
  const most = ticks.at(-1) ?? 1;
  const yOf = (value: number): number => top + panel.height - (panel.height * value) / most;
  const names = series.map(
    ({ name, kind }, i) =>
      `<g class="${kind}"><line class="line" x1="${left + i * 150}" x2="${left + i * 150 + 18}" y1="${top - 18}" y2="${top - 18}"/><text class="name" x="${left + i * 150 + 24}" y="${top - 14}">${escaped(name)}</text></g>`,
  );
  const rules = ticks.map(
    (value) =>
      `<line class="rule" x1="${left}" x2="${left + across}" y1="${short(yOf(value))}" y2="${short(yOf(value))}"/><text class="tick" text-anchor="end" x="${left - 8}" y="${short(yOf(value) + 4)}">${short(value)}</text>`,
  );
  const lines = series.map(({ kind, values }) => {
    const points = values.map((value, i) => `${short(xOf(xs[i] ?? 0))},${short(yOf(value))}`);
    const dots = points.map((point) => {
      const [cx, cy] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="2.5"/>`;
    });
    return `<g class="${kind}"><polyline class="line" points="${points.join(" ")}"/>${dots.join("")}</g>`;
  });
  return [...names, ...rules, ...lines].join("\n");
}

function currentText(current: number, bottom: number): string {
  const x = short(xOf(current));
  return `<line class="now" x1="${x}" x2="${x}" y1="${panel.top - 4}" y2="${bottom}"/><text class="now-name" text-anchor="${current > 85 ? "end" : "start"}" x="${short(xOf(current) + (current > 85 ? -5 : 5))}" y="${panel.top + panel.height + 18}">now ${current}</text>`;
}

function xOf(sensitivity: number): number {
  return left + (across * sensitivity) / 100;
}

/** 0 to a round number that holds `most`, four steps or so. */
function ticksOf(most: number, isWhole: boolean): number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  const step = isWhole ? Math.max(1, Math.round(round)) : round;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

const style = `
svg{--paper:#fff;--ink:#1c2024;--soft:#5c6670;--line:#dde2e7;--main:#2f6bc0;--good:#1a7f37;--bad:#b54708;font-family:system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{--paper:#15181c;--ink:#e8ebee;--soft:#9ba6b1;--line:#343b43;--main:#7fb0f0;--good:#4cc06f;--bad:#f39350}}
.paper{fill:var(--paper)}
.title{fill:var(--ink);font-size:16px;font-weight:600}
.name{font-size:13px;fill:var(--ink)}
.axis,.tick{fill:var(--soft);font-size:12px}
.rule{stroke:var(--line)}
.line{fill:none;stroke-width:2;stroke-linejoin:round}
.main .line{stroke:var(--main)}
.main circle{fill:var(--main)}
.good .line{stroke:var(--good)}
.good circle{fill:var(--good)}
.bad .line{stroke:var(--bad);stroke-dasharray:5 3}
.bad circle{fill:var(--bad)}
.now{stroke:var(--soft);stroke-dasharray:2 4}
.now-name{fill:var(--soft);font-size:12px}
`;
