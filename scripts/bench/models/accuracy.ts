/**
 * Accuracy: what a list of (truth, scores) is worth, in the measures that the field uses. Pure.
 */
import type { Label } from "../../../models/labels.ts";

/** One crop, or one track: what it is and how sure somebody was of each label; the labels not named count 0. */
export interface Judged {
  readonly truth: Label;
  readonly scores: Readonly<Partial<Record<Label, number>>>;
}

const scoreOf = ({ scores }: Judged, label: Label): number => scores[label] ?? 0;

/** The label with the highest score; nothing scored = other. */
export function bestOf({ scores }: Pick<Judged, "scores">): Label {
  let [best, most]: [Label, number] = ["other", 0];
  for (const [label, score] of Object.entries(scores) as [Label, number][])
    if (score > most) [best, most] = [label, score];
  return best;
}

/** Harmonic mean of precision and recall of "it is this"; 0 when it is never said. */
export function f1Of(judged: readonly Judged[], label: Label, said: (each: Judged) => boolean): number {
  let [hits, claims, cases] = [0, 0, 0];
  for (const each of judged) {
    const [is, claimed] = [each.truth === label, said(each)];
    if (is) cases += 1;
    if (claimed) claims += 1;
    if (is && claimed) hits += 1;
  }
  return claims + cases === 0 ? Number.NaN : (2 * hits) / (claims + cases);
}

/** For a peer whose scale is its own: the F1 of the threshold that suits it best here. */
export function bestF1Of(judged: readonly Judged[], label: Label): number {
  const cuts = new Set(judged.map((each) => scoreOf(each, label)));
  return Math.max(0, ...[...cuts].map((cut) => f1Of(judged, label, (each) => scoreOf(each, label) >= cut)));
}

/** Share of `label` found where at most `falseRate` of all others are taken for it. NaN = there is none of either. */
export function recallAt(judged: readonly Judged[], label: Label, falseRate: number): number {
  const others = judged.filter((each) => each.truth !== label).map((each) => scoreOf(each, label));
  const own = judged.filter((each) => each.truth === label).map((each) => scoreOf(each, label));
  if (others.length === 0 || own.length === 0) return Number.NaN;
  others.sort((a, b) => b - a);
  const cut = others[Math.floor(falseRate * others.length)] ?? Number.NEGATIVE_INFINITY;
  return own.filter((score) => score > cut).length / own.length;
}

/** Share of those of `label` that are taken for it. */
export function recallOf(judged: readonly Judged[], label: Label): number {
  const own = judged.filter((each) => each.truth === label);
  return own.filter((each) => bestOf(each) === label).length / own.length;
}

export function macroRecall(judged: readonly Judged[], labels: readonly Label[]): number {
  return labels.reduce((sum, label) => sum + recallOf(judged, label), 0) / labels.length;
}
