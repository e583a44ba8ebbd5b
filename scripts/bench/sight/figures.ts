/**
 * Figures: outcomes as the bench prints them. The table has a row for each thing that has a goal, and one for
 * each peer; the rest is for programs (--json).
 */
import { figure, type Figure } from "../figure.ts";
import type { Outcome } from "./outcome.ts";
import { ratesOf, type Score } from "./score.ts";

export function footageFigures(own: Outcome, peers: readonly Outcome[]): Figure[] {
  const { total } = own;
  const rates = ratesOf(total);
  const best = Math.max(...peers.map((peer) => ratesOf(peer.total).f1));
  return [
    figure("sight.event_recall", rates.eventRecall, { unit: `of ${total.events}`, goal: 1, atLeast: true }),
    figure("sight.false_events", total.falseEvents, { unit: `in ${Math.round(total.emptyS)} s`, goal: 1 }),
    figure("sight.frame_f1", rates.f1, { unit: "", goal: 0.87, atLeast: true }),
    figure("sight.delay.ms", rates.delayMedianMs, { unit: "ms", goal: 300 }),
    figure("sight.delay.p90.ms", rates.delayP90Ms, { unit: "ms", goal: 1_000 }),
    ...(peers.length === 0
      ? []
      : [figure("sight.f1_over_best_peer", rates.f1 / best, { unit: "x", goal: 1, atLeast: true })]),
    ...peers.map((peer) =>
      figure(`sight.${peer.name}.frame_f1`, ratesOf(peer.total).f1, { unit: inWords(peer.total) }),
    ),
    ...[own, ...peers].flatMap((one) => details("footage", one)),
  ];
}

/** A row a scene for ours; missed visitors and false events together are what is wrong. */
export function porchFigures(own: Outcome, peers: readonly Outcome[]): Figure[] {
  const rates = ratesOf(own.total);
  return [
    figure("sight.porch.event_recall", rates.eventRecall, {
      unit: `of ${own.total.events}`,
      goal: 1,
      atLeast: true,
    }),
    figure("sight.porch.false_events", own.total.falseEvents, {
      unit: `in ${Math.round(own.total.emptyS)} s`,
      goal: 0,
    }),
    figure("sight.porch.delay.ms", rates.delayMedianMs, { unit: "ms" }),
    ...own.scenes.map(({ id, score }) =>
      figure(`sight.porch.${id}.wrong`, score.events - score.found + score.falseEvents, {
        unit: inWords(score),
        goal: 0,
      }),
    ),
    ...peers.map(({ name, total }) =>
      figure(`sight.${name}.porch.wrong`, total.events - total.found + total.falseEvents, {
        unit: inWords(total),
      }),
    ),
    ...[own, ...peers].flatMap((one) => details("porch", one)),
  ];
}

function inWords(score: Score): string {
  const { delayMedianMs } = ratesOf(score);
  const delay = Number.isNaN(delayMedianMs) ? "" : `, ${Math.round(delayMedianMs)} ms`;
  return `${score.found} of ${score.events} found, ${score.falseEvents} false${delay}`;
}

function details(where: string, { name, scenes, total }: Outcome): Figure[] {
  return [{ id: "all", score: total }, ...scenes].flatMap(({ id, score }) => {
    const { eventRecall, f1, precision, recall, delayMedianMs, delayP90Ms } = ratesOf(score);
    const of = (what: string, value: number, unit = ""): Figure =>
      figure(`sight.detail.${where}.${id}.${name}.${what}`, value, { unit, detail: true });
    return [
      of("event_recall", eventRecall, `of ${score.events}`),
      of("false_events", score.falseEvents, `in ${Math.round(score.emptyS)} s`),
      of("precision", precision),
      of("recall", recall),
      of("frame_f1", f1),
      of("delay.ms", delayMedianMs, "ms"),
      of("delay.p90.ms", delayP90Ms, "ms"),
    ];
  });
}
