/**
 * Colours: how hot a cell looks, beside what is asked for there. Pure.
 *
 * From blue (a stir) over yellow (nearly) to red (fires); what fires has an outline besides, and where
 * no zone counts all is gray, so that nothing hangs on colour alone. The scale is that of the score:
 * hundredths of what is asked for, 100 fires.
 */
import { neverLevel, scoreOf } from "../../../daemon/sight/levels.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

/** Score to colour and opacity; between two stops it goes straight. */
const stops: readonly (readonly [score: number, colour: Rgb, opacity: number])[] = [
  [0, [64, 140, 255], 0.22],
  [50, [70, 205, 235], 0.36],
  [85, [255, 226, 84], 0.5],
  [99, [255, 190, 40], 0.56],
  [100, [255, 92, 40], 0.66],
  [200, [214, 20, 36], 0.78],
];

/** Where no zone counts. */
const outside: Rgb = [190, 198, 202];
const hottest = 200;

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}

export function colourOf(score: number): { readonly colour: Rgb; readonly opacity: number } {
  const at = Math.min(hottest, Math.max(0, score));
  const next = Math.max(
    1,
    stops.findIndex(([from]) => from >= at),
  );
  const [from, low, faint] = stops[next - 1] ?? [0, outside, 0];
  const [to, high, strong] = stops[next] ?? [1, outside, 0];
  const part = (at - from) / (to - from);
  return {
    colour: [0, 1, 2].map((i) => Math.round(mix(low[i] ?? 0, high[i] ?? 0, part))) as unknown as Rgb,
    opacity: mix(faint, strong, part),
  };
}

function css([red, green, blue]: Rgb, opacity: number): string {
  return `rgb(${red} ${green} ${blue} / ${Math.round(opacity * 100)}%)`;
}

/** Ready for a canvas, one per score 0..200. */
const painted: readonly string[] = Array.from({ length: hottest + 1 }, (_, score) => {
  const { colour, opacity } = colourOf(score);
  return css(colour, opacity);
});
const paintedOutside = css(outside, 0.28);

/** Null: nothing to paint. */
export function paintOf(level: number, asked: number): string | null {
  if (level === 0) return null;
  if (asked >= neverLevel) return paintedOutside;
  return painted[Math.min(hottest, scoreOf(level, asked))] ?? null;
}

/** For the legend: a few scores and how they look, opaque. */
export const legendStops: readonly { readonly score: number; readonly colour: string }[] = [
  0, 50, 85, 100, 200,
].map((score) => ({ score, colour: css(colourOf(score).colour, 1) }));
