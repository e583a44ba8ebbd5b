/**
 * Belief: which label a track has, from all that was said of it.
 *
 * The running mean of log-probabilities (a geometric mean of the answers): one sure answer outweighs several that are
 * hardly sure, and one wrong answer is outvoted. What a model leaves open, where it does not say the share of
 * each, is shared by the other labels. The mean forgets
 * (`mostLooks`), so that it is bounded and that somebody who gets off a bicycle is believed.
 */
import { labels, type Label } from "../../../models/labels.ts";

/** So many looks count (by weight); older ones fade. */
const mostLooks = 40;
/** Nobody is surer than this, in one look. */
export const surest = 0.97;
/** And of nothing is it this sure that it is not. */
const least = (1 - surest) / (labels.length - 1);
/** A label is decided by this many looks, or by one this sure. */
export const enoughLooks = 2;
const sureEnough = 0.8;
/**
 * With less than this nothing that matters is claimed. Of single looks no manifest asks that (its `thresholds` are for
 * boxes of task detect), and what is told of an event is the house's to choose (thresholds of the motion zones).
 */
const leastBelief = 0.4;
/** Two labels that are both this sure are not the same thing. */
export const leastToDiffer = 0.7;

export interface Belief {
  readonly looks: number;
  /** Of all of them together. */
  readonly weight: number;
  /** Mean log-probability, in the order of `labels`. */
  readonly means: readonly number[];
}

export interface Believed {
  readonly label: Label;
  readonly score: number;
}

export interface Answer extends Believed {
  /** How sure of each of `labels`, where the model says it. */
  readonly shares?: readonly number[];
}

export const noBelief: Belief = { looks: 0, weight: 0, means: labels.map(() => 0) };

/** `weight` 0..1: what this look is worth beside others. */
export function believe(belief: Belief, answer: Answer, weight = 1): Belief {
  const { looks, means } = belief;
  const odds = oddsOf(answer);
  const total = Math.min(mostLooks, belief.weight + weight);
  const part = total > 0 ? Math.min(1, weight / total) : 1;
  return {
    looks: looks + 1,
    weight: total,
    means: labels.map((_, i) => {
      const mean = means[i] ?? 0;
      return mean + (Math.log(odds[i] ?? least) - mean) * part;
    }),
  };
}

function oddsOf({ label, score, shares }: Answer): number[] {
  if (shares !== undefined)
    return labels.map((_, i) => {
      const share = shares[i] ?? 0;
      return Number.isFinite(share) ? Math.max(least, Math.min(surest, share)) : least;
    });
  const even = 1 / labels.length;
  const p = Number.isFinite(score) ? Math.max(even, Math.min(surest, score)) : even;
  return labels.map((each) => (each === label ? p : (1 - p) / (labels.length - 1)));
}

/** Null = nothing is known yet. */
export function believed({ looks, means }: Belief): Believed | null {
  if (looks === 0) return null;
  const most = means.reduce((best, mean) => Math.max(best, mean), -Infinity);
  const odds = means.map((mean) => Math.exp(mean - most));
  const total = odds.reduce((sum, each) => sum + each, 0);
  const at = odds.indexOf(1);
  const best: Believed = { label: labels[at] ?? "other", score: 1 / total };
  return best.score >= leastBelief
    ? best
    : { label: "other", score: (odds[labels.indexOf("other")] ?? 0) / total };
}

/** Null = not decided: too few looks, none of them sure. */
export function decided(belief: Belief): Believed | null {
  const best = believed(belief);
  if (best === null) return null;
  return belief.looks >= enoughLooks || best.score >= sureEnough ? best : null;
}
