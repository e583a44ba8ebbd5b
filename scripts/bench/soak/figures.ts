/**
 * Figures: what busy houses and an idle one in the guest come to. Pure.
 *
 * Of several busy houses hours and counts are added up, and of what grows the worst counts.
 */
import { figure, type Figure } from "../figure.ts";
import type { Lived } from "./guest-house.ts";
import { processNames, type HouseSample, type ProcessName, type ProcessSample } from "./sample.ts";
import { growth, perDay, settled, slopePerDay, type Point } from "./trend.ts";

const mb = 1_048_576;
const hourMs = 3_600_000;

/** `warmUpMs`: until old recordings are deleted as fast as new ones come. */
export function busyFigures(houses: readonly Lived[], warmUpMs: number): Figure[] {
  const lives = houses.map(({ samples }) => samples);
  const steady = lives.map((samples) => settled(samples, warmUpMs));
  const ends = lives.flatMap((samples) => samples.slice(-1));
  const sum = (valueOf: (end: HouseSample) => number): number =>
    ends.reduce((total, end) => total + valueOf(end), 0);
  const written = lives.map(writtenPerDay);
  const hours = lives.map(hoursOf);
  return [
    figure(
      "soak.hours",
      hours.reduce((total, each) => total + each, 0),
      {
        unit: `h in ${houses.length} ${houses.length === 1 ? "house" : "houses"}`,
        goal: 24,
        atLeast: true,
      },
    ),
    ...processNames.flatMap((name) => processFigures(name, steady)),
    figure(
      "soak.restarts",
      lives.reduce((total, samples) => total + restarts(samples), 0),
      {
        unit: "processes",
        goal: 0,
      },
    ),
    figure(
      "soak.presses",
      sum(({ presses }) => presses),
      { unit: "" },
    ),
    figure(
      "soak.presses.lost",
      sum(({ presses, cooled, rings }) => presses - cooled - rings),
      {
        unit: "presses",
        goal: 0,
      },
    ),
    figure(
      "soak.motions",
      sum(({ motions }) => motions),
      { unit: "events" },
    ),
    figure("soak.dropped", sum(droppedOf), { unit: "frames, messages", goal: 0 }),
    figure("soak.db.mb", Math.max(...ends.map(({ indexBytes }) => indexBytes / mb)), { unit: "MB" }),
    figure("soak.busy.written.mb_per_day", Math.max(...written), { unit: "MB" }),
    figure(
      "soak.busy.recorded.h",
      sum(({ fragments }) => fragments / 3_600),
      { unit: "h", detail: true },
    ),
  ];
}

export function idleFigures({ samples }: Lived, warmUpMs: number): Figure[] {
  const measured = settled(samples, warmUpMs);
  return [
    figure("soak.idle.written.mb_per_day", writtenPerDay(measured), {
      unit: `MB, from ${hoursOf(measured).toFixed(1)} h`,
      goal: 500,
    }),
  ];
}

function processFigures(name: ProcessName, houses: readonly (readonly HouseSample[])[]): Figure[] {
  const points = (valueOf: (sample: ProcessSample) => number): Point[][] =>
    houses.map((samples) =>
      samples.map(({ monoMs, processes }) => ({ monoMs, value: valueOf(processes[name]) })),
    );
  const worst = (series: readonly Point[][], of: (points: readonly Point[]) => number): number =>
    Math.max(...series.map(of));
  const rss = points(({ rssBytes }) => rssBytes / mb);
  return [
    figure(`soak.${name}.rss.slope.mb_per_day`, worst(rss, slopePerDay), { unit: "MB" }),
    figure(`soak.${name}.rss.mb`, worst(rss, last), { unit: "MB", detail: true }),
    figure(
      `soak.${name}.descriptors.growth`,
      worst(
        points((one) => one.descriptors),
        growth,
      ),
      { unit: "", goal: 0 },
    ),
    figure(
      `soak.${name}.threads.growth`,
      worst(
        points((one) => one.threads),
        growth,
      ),
      { unit: "", detail: true },
    ),
  ];
}

function last(points: readonly Point[]): number {
  return points.at(-1)?.value ?? Number.NaN;
}

/** Of a start nothing counts: a sensor that warms up is not listened to; and presses in the cool-down are meant. */
function droppedOf({ dropped }: HouseSample): number {
  return Object.entries(dropped)
    .filter(([stage]) => stage !== "button" && stage !== "pir warm-up")
    .reduce((total, [, count]) => total + count, 0);
}

function restarts(samples: readonly HouseSample[]): number {
  return processNames.reduce(
    (sum, name) => sum + new Set(samples.map(({ processes }) => processes[name].pid)).size - 1,
    0,
  );
}

function writtenPerDay(samples: readonly HouseSample[]): number {
  return perDay(samples.map((one) => ({ monoMs: one.monoMs, value: one.writtenBytes / mb })));
}

function hoursOf(samples: readonly HouseSample[]): number {
  const [first, final] = [samples[0], samples.at(-1)];
  return first === undefined || final === undefined ? 0 : (final.monoMs - first.monoMs) / hourMs;
}
