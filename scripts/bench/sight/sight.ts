/**
 * Sight: is motion found, is nothing else, how soon and at what cost? Ours beside the systems people use.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Asked } from "../asked.ts";
import { figure, type Figure } from "../figure.ts";
import { costs } from "./cost.ts";
import { usualFootage, watchClip } from "./footage.ts";
import { labelledClips } from "./labels.ts";
import { ours } from "./ours.ts";
import { outcomesOf, sceneLines, totalLines, type Outcome, type Played } from "./outcome.ts";
import { installPeers, presentPeers } from "./peers/present.ts";
import { ratesOf } from "./score.ts";
import type { Watcher } from "./watcher.ts";

type Note = (line: string) => void;

export async function benchSight(note: Note, asked: Asked): Promise<Figure[]> {
  if (asked.peers === true) installPeers(note);
  const peers = presentPeers();
  if (peers.missing.length > 0)
    note(`  not installed: ${peers.missing.join(", ")}; --peers installs them from Debian`);
  const watchers = [ours, ...peers.watchers];
  const missing = peers.missing.map((name) =>
    figure(`sight.${name}.frame_f1`, Number.NaN, { unit: "not installed" }),
  );
  return [...(await onFootage(watchers, note, asked)), ...missing, ...(await cost(peers.watchers, note))];
}

async function onFootage(watchers: readonly Watcher[], note: Note, asked: Asked): Promise<Figure[]> {
  const folder = asked.footage ?? usualFootage();
  if (folder === null) {
    note("  no real footage: ../shared/footage is not here (--footage FOLDER takes your own)");
    return [];
  }
  const played: Played[] = [];
  for (const clip of labelledClips(folder)) {
    note(`  ${clip.id}: ${clip.frames} frames before ${watchers.map(({ name }) => name).join(", ")}`);
    played.push({ labels: clip, evidence: await watchClip(clip, watchers) });
  }
  const outcomes = outcomesOf(watchers, played);
  for (const outcome of outcomes)
    for (const line of [`  ${outcome.name}`, ...sceneLines(outcome)]) note(line);
  for (const line of ["  all clips", ...totalLines(outcomes)]) note(line);
  return footageFigures(outcomes);
}

function footageFigures([own, ...peers]: readonly Outcome[]): Figure[] {
  if (own === undefined) throw new Fault("bug", "nobody watched");
  const rates = ratesOf(own.total);
  const best = Math.max(...peers.map(({ total }) => ratesOf(total).f1));
  return [
    figure("sight.event_recall", rates.eventRecall, {
      unit: `of ${own.total.events}`,
      goal: 1,
      atLeast: true,
    }),
    figure("sight.false_events", own.total.falseEvents, {
      unit: `in ${Math.round(own.total.emptyS)} s`,
      goal: 1,
    }),
    figure("sight.frame_f1", rates.f1, { unit: "", goal: 0.87, atLeast: true }),
    ...(peers.length === 0
      ? []
      : [figure("sight.f1_over_best_peer", rates.f1 / best, { unit: "x", goal: 1, atLeast: true })]),
    figure("sight.delay.ms", rates.delayMedianMs, { unit: "ms", goal: 300 }),
    figure("sight.delay.p90.ms", rates.delayP90Ms, { unit: "ms", goal: 1_000 }),
    ...peers.flatMap(({ name, total }) => {
      const { eventRecall, f1, delayMedianMs } = ratesOf(total);
      return [
        figure(`sight.${name}.event_recall`, eventRecall, { unit: `of ${total.events}` }),
        figure(`sight.${name}.false_events`, total.falseEvents, { unit: "" }),
        figure(`sight.${name}.frame_f1`, f1, { unit: "" }),
        figure(`sight.${name}.delay.ms`, delayMedianMs, { unit: "ms" }),
      ];
    }),
  ];
}

const sizes = [
  { name: "", width: 1280, height: 720, goal: 0.3 },
  { name: "1080p.", width: 1920, height: 1080, goal: null },
] as const;

async function cost(peers: readonly Watcher[], note: Note): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, width, height, goal } of sizes) {
    note(`  CPU per frame at ${width}x${height}, in turns`);
    const measured = await costs(peers, { width, height });
    for (const [who, ms] of measured) {
      const prefix = who === "ours" ? "sight" : `sight.${who}`;
      figures.push(
        figure(`${prefix}.frame.${name}ms`, ms, { unit: "ms CPU", goal: who === "ours" ? goal : null }),
      );
    }
    const [own, mog2] = [measured.get("ours"), measured.get("mog2")];
    if (own !== undefined && mog2 !== undefined) {
      figures.push(figure(`sight.vs_mog2.${name}cpu`, own / mog2, { unit: "x", goal: 0.1 }));
    }
  }
  return figures;
}
