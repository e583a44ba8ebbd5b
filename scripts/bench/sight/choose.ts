/**
 * Choose: from what size on, and for how many frames in a row, is a peer's blob motion?
 *
 * Motion's defaults are its own. OpenCV has none: everybody picks a least area by hand. So that no
 * peer is held back by our pick, every pair below is tried and the one with the best frame F1 over all of
 * these very clips is taken: better than anybody could do beforehand.
 */
import type { Labels } from "./labels.ts";
import { ratesOf, scoreOf, sumOf } from "./score.ts";

export interface BlobRule {
  /** Share of the picture. */
  readonly least: number;
  readonly framesInRow: number;
}

const leasts = [
  0.000_05, 0.000_1, 0.000_2, 0.000_3, 0.000_5, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03,
  0.05,
];
const rows = [1, 2, 3, 5, 8];

export interface Seen {
  readonly labels: Labels;
  readonly evidence: readonly number[];
}

export function firedBy({ least, framesInRow }: BlobRule, evidence: readonly number[]): boolean[] {
  let row = 0;
  return evidence.map((share) => {
    row = share >= least ? row + 1 : 0;
    return row >= framesInRow;
  });
}

export function bestRule(seen: readonly Seen[]): BlobRule {
  const rules = leasts.flatMap((least) => rows.map((framesInRow): BlobRule => ({ least, framesInRow })));
  const f1Of = (rule: BlobRule): number =>
    ratesOf(sumOf(seen.map(({ labels, evidence }) => scoreOf(firedBy(rule, evidence), labels)))).f1;
  return rules
    .map((rule) => ({ rule, f1: f1Of(rule) }))
    .reduce((best, one) => (one.f1 > best.f1 ? one : best)).rule;
}
