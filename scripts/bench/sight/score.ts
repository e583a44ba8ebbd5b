/**
 * Score: decisions frame by frame against labels. Pure; all times in seconds of the clip.
 *
 * - A frame inside `positive` should fire, one outside should not. Not scored: `ignore`, the first second, and
 *   for frames outside the margin of half a second before and 2 s after something real (what left fades).
 * - An event (a positive span) is found when a frame fires from half a second before its start to half a
 *   second after its end; the delay is from its start to that frame, never below 0.
 * - A false event is a run of firing frames, with gaps up to 2 s, within one stretch where nothing may fire.
 */
import type { Labels, Span } from "./labels.ts";

const warmUpS = 1;
const marginS = 0.5;
const holdS = 2;
const mergeS = 2;

/** Counts add up over clips; `delaysMs` of found events only. */
export interface Score {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
  readonly events: number;
  readonly found: number;
  readonly falseEvents: number;
  readonly emptyS: number;
  readonly delaysMs: readonly number[];
}

/** `fired[k]`: the decision for the frame at k / fps; a frame that is not there did not fire. */
export function scoreOf(fired: readonly boolean[], labels: Labels): Score {
  const { fps, frames, positive } = labels;
  let [truePositive, falsePositive, falseNegative, trueNegative, emptyFrames] = [0, 0, 0, 0, 0];
  for (let k = 0; k < frames; k += 1) {
    const fires = fired[k] === true;
    const place = placeOf(k / fps, labels);
    if (place === "real") {
      if (fires) truePositive += 1;
      else falseNegative += 1;
    } else if (place === "empty") {
      emptyFrames += 1;
      if (fires) falsePositive += 1;
      else trueNegative += 1;
    }
  }
  const due = positive.filter(([, to]) => to > warmUpS);
  const delaysMs = due.flatMap((span) => delayOf(fired, span, { fps, frames }) ?? []);
  return {
    truePositive,
    falsePositive,
    falseNegative,
    trueNegative,
    events: due.length,
    found: delaysMs.length,
    falseEvents: falseStartsS(fired, labels).length,
    emptyS: emptyFrames / fps,
    delaysMs,
  };
}

type Place = "real" | "empty" | "not scored";

function placeOf(t: number, { positive, ignore }: Labels): Place {
  if (t < warmUpS || isInside(t, ignore)) return "not scored";
  if (isInside(t, positive)) return "real";
  return isInside(t, positive, { before: marginS, after: holdS }) ? "not scored" : "empty";
}

function isInside(t: number, spans: readonly Span[], { before = 0, after = 0 } = {}): boolean {
  return spans.some(([from, to]) => from - before <= t && t < to + after);
}

function delayOf(
  fired: readonly boolean[],
  [from, to]: Span,
  { fps, frames }: Pick<Labels, "fps" | "frames">,
): number | null {
  const since = Math.max(from - marginS, warmUpS);
  for (let k = 0; k < frames; k += 1) {
    const t = k / fps;
    if (fired[k] === true && since <= t && t < to + marginS)
      return Math.max(0, t - Math.max(from, warmUpS)) * 1_000;
  }
  return null;
}

/** When false events begin. */
export function falseStartsS(fired: readonly boolean[], labels: Labels): number[] {
  const { fps, frames } = labels;
  const starts: number[] = [];
  let last: number | null = null;
  for (let k = 0; k < frames; k += 1) {
    if (placeOf(k / fps, labels) !== "empty") last = null;
    else if (fired[k] === true) {
      // from the end of the last firing frame to the start of this one
      if (last === null || (k - last - 1) / fps > mergeS) starts.push(k / fps);
      last = k;
    }
  }
  return starts;
}

export function sumOf(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  return {
    truePositive: sum((score) => score.truePositive),
    falsePositive: sum((score) => score.falsePositive),
    falseNegative: sum((score) => score.falseNegative),
    trueNegative: sum((score) => score.trueNegative),
    events: sum((score) => score.events),
    found: sum((score) => score.found),
    falseEvents: sum((score) => score.falseEvents),
    emptyS: sum((score) => score.emptyS),
    delaysMs: scores.flatMap((score) => score.delaysMs),
  };
}

/** NaN where there was nothing to count. */
export interface Rates {
  readonly eventRecall: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falseEventsPerHour: number;
  readonly delayMedianMs: number;
  readonly delayP90Ms: number;
}

export function ratesOf(score: Score): Rates {
  const { truePositive, falsePositive, falseNegative } = score;
  const precision = truePositive / (truePositive + falsePositive);
  const recall = truePositive / (truePositive + falseNegative);
  const delays = [...score.delaysMs].sort((a, b) => a - b);
  const at = (place: number): number => delays[place] ?? Number.NaN;
  return {
    eventRecall: score.found / score.events,
    precision,
    recall,
    f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0,
    falseEventsPerHour: (score.falseEvents / score.emptyS) * 3_600,
    delayMedianMs: (at(Math.floor((delays.length - 1) / 2)) + at(Math.floor(delays.length / 2))) / 2,
    delayP90Ms: at(Math.min(delays.length - 1, Math.floor(0.9 * delays.length))),
  };
}
