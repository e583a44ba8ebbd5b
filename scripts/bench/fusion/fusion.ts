/**
 * Fusion: picture alone, PIR alone and every rule that joins them, on the porch's paired scenes.
 *
 * F1 per visitor: a visitor is found when something is told while he is there, a false event is one with nobody
 * there (the definitions of ../sight/score.ts). `lost`: visitors whom the picture alone finds and the rule does not.
 */
import type { Asked } from "../asked.ts";
import { figure, type Figure } from "../figure.ts";
import { ratesOf, scoreOf, sumOf, type Score } from "../sight/score.ts";
import { labelFigures } from "./labels.ts";
import { playPaired, type Paired } from "./paired.ts";
import { firedBy, ways, type Way } from "./rules.ts";
import { scenesOf, seeds } from "./scenes.ts";
import { wakeFigures } from "./wake.ts";

type Note = (line: string) => void;

interface Outcome {
  readonly way: Way;
  readonly total: Score;
  readonly lost: number;
  readonly scenes: readonly { readonly id: string; readonly score: Score }[];
}

export async function benchFusion(note: Note, _asked: Asked): Promise<Figure[]> {
  const plans = seeds.flatMap((seed) => scenesOf(seed));
  note(`  ${plans.length} scenes of three minutes: picture and PIR at the same times`);
  const scenes: Paired[] = [];
  for (const plan of plans) scenes.push(await playPaired(plan));
  return [
    ...figuresOf(outcomesOf(scenes), note),
    ...(await labelFigures(note)),
    ...(await wakeFigures(note)),
  ];
}

export function outcomesOf(scenes: readonly Paired[]): Outcome[] {
  const alone = foundBy("picture", scenes);
  return ways.map((way) => {
    const scored = scenes.map((scene) => {
      return { id: scene.labels.id, score: scoreOf(firedBy(way, scene), scene.labels) };
    });
    const found = foundBy(way, scenes);
    const lost = alone.filter((seen, i) => seen && found[i] !== true).length;
    return { way, total: sumOf(scored.map(({ score }) => score)), lost, scenes: scored };
  });
}

/** Per visitor of all scenes. */
function foundBy(way: Way, scenes: readonly Paired[]): boolean[] {
  return scenes.flatMap((scene) => {
    const fired = firedBy(way, scene);
    const { labels } = scene;
    return labels.positive.map((span) => scoreOf(fired, { ...labels, positive: [span] }).found > 0);
  });
}

/** Of visitors found, missed and made up. */
export function eventF1({ found, events, falseEvents }: Score): number {
  return (2 * found) / (events + found + falseEvents);
}

function figuresOf(outcomes: readonly Outcome[], note: Note): Figure[] {
  for (const { way, total, lost, scenes } of outcomes) {
    note(`  ${way}: ${inWords(total)}, lost ${lost}`);
    const wrong = scenes.filter(({ score }) => score.found < score.events || score.falseEvents > 0);
    for (const { id, score } of wrong) note(`    ${id}: ${inWords(score)}`);
  }
  const f1Of = (way: Way): number => eventF1(outcomes.find((each) => each.way === way)?.total ?? nothing);
  const single = Math.max(f1Of("picture"), f1Of("pir"));
  const best = Math.max(...outcomes.map(({ total }) => eventF1(total)));
  return [
    figure("fusion.best_over_either_alone", best - single, { unit: "F1", goal: 0.1, atLeast: true }),
    ...outcomes.map(({ way, total }) => figure(`fusion.${way}.f1`, eventF1(total), { unit: inWords(total) })),
    ...outcomes.map(({ way, lost }) => figure(`fusion.${way}.lost`, lost, { unit: "visitors" })),
    ...outcomes.flatMap(({ way, total, scenes }) => [
      figure(`fusion.${way}.delay.ms`, ratesOf(total).delayMedianMs, { unit: "ms", detail: true }),
      ...scenes.map(({ id, score }, i) =>
        figure(`fusion.detail.${i}.${id}.${way}.f1`, eventF1(score), { unit: inWords(score), detail: true }),
      ),
    ]),
  ];
}

const nothing = sumOf([]);

function inWords(score: Score): string {
  const { delayMedianMs } = ratesOf(score);
  const delay = Number.isNaN(delayMedianMs) ? "" : `, ${Math.round(delayMedianMs)} ms`;
  return `${score.found} of ${score.events} found, ${score.falseEvents} false${delay}`;
}
