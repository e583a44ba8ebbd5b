/**
 * Outcome: what each watcher made of several scenes, as scores and as lines to read.
 */
import { bestRule, firedBy, type BlobRule } from "./choose.ts";
import type { Labels } from "./labels.ts";
import { ratesOf, scoreOf, sumOf, type Score } from "./score.ts";
import type { Watcher } from "./watcher.ts";

/** One scene: evidence per watcher, in the watchers' order. */
export interface Played {
  readonly labels: Labels;
  readonly evidence: readonly (readonly number[])[];
}

export interface Outcome {
  readonly name: string;
  /** What was chosen for a watcher of blobs. */
  readonly rule: BlobRule | null;
  /** Per scene, in order. */
  readonly scenes: readonly { readonly id: string; readonly score: Score }[];
  readonly total: Score;
}

/** `rules`: chosen before, by name; a watcher of blobs without one gets the best for these scenes. */
export function outcomesOf(
  watchers: readonly Pick<Watcher, "name" | "blobs">[],
  played: readonly Played[],
  rules: ReadonlyMap<string, BlobRule | null> = new Map(),
): Outcome[] {
  return watchers.map(({ name, blobs }, i) => {
    const seen = played.map(({ labels, evidence }) => ({ labels, evidence: evidence[i] ?? [] }));
    const rule = blobs ? (rules.get(name) ?? bestRule(seen)) : null;
    const scenes = seen.map(({ labels, evidence }) => {
      const fired = rule === null ? evidence.map((value) => value > 0) : firedBy(rule, evidence);
      return { id: labels.id, score: scoreOf(fired, labels) };
    });
    return { name, rule, scenes, total: sumOf(scenes.map(({ score }) => score)) };
  });
}

/** A line per watcher. */
export function totalLines(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(({ name, rule, total }) => {
    const chosen =
      rule === null
        ? ""
        : `   (from ${Number((rule.least * 100).toFixed(4))} % of the picture, ${rule.framesInRow} in a row)`;
    return `    ${name.padEnd(8)} ${scoreText(total)}${chosen}`;
  });
}

/** A line per scene for one watcher. */
export function sceneLines({ scenes }: Outcome): string[] {
  const wide = Math.max(...scenes.map(({ id }) => id.length));
  return scenes.map(({ id, score }) => `    ${id.padEnd(wide)} ${scoreText(score)}`);
}

function scoreText(score: Score): string {
  const { precision, recall, f1, delayMedianMs, delayP90Ms } = ratesOf(score);
  const share = (value: number): string => (Number.isNaN(value) ? "-" : value.toFixed(3)).padStart(5);
  const ms = (value: number): string => (Number.isNaN(value) ? "-" : String(Math.round(value))).padStart(5);
  return [
    `found ${`${score.found}/${score.events}`.padStart(7)}`,
    `false ${String(score.falseEvents).padStart(3)}`,
    `precision ${share(precision)}`,
    `recall ${share(recall)}`,
    `F1 ${share(f1)}`,
    `delay ${ms(delayMedianMs)} p90 ${ms(delayP90Ms)} ms`,
  ].join("  ");
}
