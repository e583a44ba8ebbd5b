/**
 * Walk timeline: when something stirred, how strongly, when it was motion, and what was noted, as SVG.
 */
import type { Walk } from "../wire/api-calibration.ts";
import { secondsText, short } from "./markup.ts";

const size = { width: 640, height: 190 };
const chart = { left: 44, right: 22, top: 26, bottom: 30 };
const inner = {
  width: size.width - chart.left - chart.right,
  height: size.height - chart.top - chart.bottom,
};
/** A point stands for the time until the next one, but not for a pause. */
const longestMs = 250;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

export function walkTimeline(walk: Walk): string {
  const { fromWallMs, firstStirWallMs, firstSeenWallMs, notes } = walk;
  const at = (wallMs: number): number => chart.left + (inner.width * (wallMs - fromWallMs)) / lengthOf(walk);
  const floor = chart.top + inner.height;
  const heightOf = (level: number): number => floor - (inner.height * level) / 100;
  const areas = stretchesOf(walk).map(({ seen, parts }) => {
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined) return "";
    const tops = parts.map(
      ({ from, to, level }) => ` V${short(heightOf(level))}H${short(Math.max(at(from) + 0.7, at(to)))}`,
    );
    return `<path class="area ${seen ? "seen" : "unseen"}" d="M${short(at(first.from))} ${floor}${tops.join("")}V${floor}Z"/>`;
  });
  return [
    `<svg class="timeline" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Movement over time">`,
    ...[0, 50, 100].map((level) => {
      const y = short(heightOf(level));
      return `<line class="rule" x1="${chart.left}" x2="${size.width - chart.right}" y1="${y}" y2="${y}"/><text class="tick" text-anchor="end" x="${chart.left - 6}" y="${short(Number(y) + 4)}">${level}</text>`;
    }),
    ...areas,
    ...ticksOf(walk).map(
      (second) =>
        `<text class="tick" text-anchor="middle" x="${short(at(fromWallMs + second * 1_000))}" y="${floor + 18}">${second} s</text>`,
    ),
    firstStirWallMs === null ? "" : flag(at(firstStirWallMs), "stir", "first stir"),
    firstSeenWallMs === null
      ? ""
      : flag(at(firstSeenWallMs), "sight", `seen after ${secondsText(walk.delayMs ?? 0)}`),
    ...notes.map(({ wallMs }, i) => noteMark(at(wallMs), i + 1)),
    "</svg>",
  ].join("\n");

  function flag(x: number, name: string, words: string): string {
    const isSight = name === "sight";
    // the two may be close together: one to the left, one to the right
    const anchor = isSight ? "start" : "end";
    const fits = isSight ? x < size.width - 130 : x > chart.left + 60;
    const side = fits ? anchor : isSight ? "end" : "start";
    const dx = side === "start" ? 4 : -4;
    return `<line class="${name}" x1="${short(x)}" x2="${short(x)}" y1="${chart.top - 12}" y2="${floor}"/><text class="flag" text-anchor="${side}" x="${short(x + dx)}" y="${chart.top - 6}">${words}</text>`;
  }

  function noteMark(x: number, number: number): string {
    return `<g class="note"><circle cx="${short(x)}" cy="${floor}" r="8"/><text x="${short(x)}" y="${floor + 4}">${number}</text></g>`;
  }
}

interface Stretch {
  readonly seen: boolean;
  readonly parts: { readonly from: number; readonly to: number; readonly level: number }[];
}

/** Movement without a pause that is all seen or all not. */
function stretchesOf({ path, toWallMs }: Walk): Stretch[] {
  const stretches: Stretch[] = [];
  path.forEach(({ wallMs, seen, level }, i) => {
    const part = {
      from: wallMs,
      to: Math.min(path[i + 1]?.wallMs ?? Infinity, wallMs + longestMs, toWallMs),
      level,
    };
    const stretch = stretches.at(-1);
    if (stretch?.seen === seen && stretch.parts.at(-1)?.to === wallMs) stretch.parts.push(part);
    else stretches.push({ seen, parts: [part] });
  });
  return stretches;
}

function lengthOf({ fromWallMs, toWallMs }: Walk): number {
  return Math.max(1, toWallMs - fromWallMs);
}

function ticksOf(walk: Walk): number[] {
  const seconds = lengthOf(walk) / 1_000;
  const step = steps.find((each) => seconds / each <= 8) ?? 3_600;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step);
}
