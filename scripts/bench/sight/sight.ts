/**
 * Sight: is motion found, is nothing else, how soon and at what cost? Ours beside the systems people use.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Asked } from "../asked.ts";
import { figure, type Figure } from "../figure.ts";
import type { BlobRule } from "./choose.ts";
import { costs } from "./cost.ts";
import { footageFigures, porchFigures } from "./figures.ts";
import { usualFootage, watchClip } from "./footage.ts";
import { journalFigures } from "./journal.ts";
import { labelledClips, type LabelledClip } from "./labels.ts";
import { ours } from "./ours.ts";
import { outcomesOf, sceneLines, totalLines, type Outcome, type Played } from "./outcome.ts";
import { installPeers, presentPeers } from "./peers/present.ts";
import { porchScenes, watchPorch } from "./porch-scenes.ts";
import { porchWeek } from "./porch-week.ts";
import type { Watcher } from "./watcher.ts";

type Note = (line: string) => void;

export async function benchSight(note: Note, asked: Asked): Promise<Figure[]> {
  if (asked.peers === true) installPeers(note);
  const peers = presentPeers();
  if (peers.missing.length > 0)
    note(`  not installed: ${peers.missing.join(", ")}; --peers installs them from Debian`);
  const watchers = [ours, ...peers.watchers];
  const clips = clipsOf(asked, note);
  const footage = await outcomesOn(clips, watchers, note);
  const [own, ...others] = footage;
  const figures = own === undefined ? [] : footageFigures(own, others);
  for (const name of peers.missing)
    figures.push(figure(`sight.${name}.frame_f1`, Number.NaN, { unit: "not installed" }));
  // whoever brings clips of his own asks for nothing else
  if (asked.footage !== undefined) return figures;
  const rules = new Map(footage.map(({ name, rule }) => [name, rule]));
  figures.push(...(await cost(peers.watchers, note)), ...(await atPorch(watchers, rules, note)));
  if (asked.long === true) figures.push(...(await inAWeek(note)));
  return [...figures, ...(await journalFigures({ long: asked.long === true, clips, note }))];
}

function clipsOf({ footage }: Asked, note: Note): LabelledClip[] {
  const folder = footage ?? usualFootage();
  if (folder !== null) return labelledClips(folder);
  note("  no real footage: ../shared/footage is not here (--footage FOLDER takes your own)");
  return [];
}

async function outcomesOn(
  clips: readonly LabelledClip[],
  watchers: readonly Watcher[],
  note: Note,
): Promise<Outcome[]> {
  if (clips.length === 0) return [];
  const played: Played[] = [];
  for (const clip of clips) {
    note(`  ${clip.id}: ${clip.frames} frames before ${watchers.map(({ name }) => name).join(", ")}`);
    played.push({ labels: clip, evidence: await watchClip(clip, watchers) });
  }
  return told(outcomesOf(watchers, played), note);
}

async function atPorch(
  watchers: readonly Watcher[],
  rules: ReadonlyMap<string, BlobRule | null>,
  note: Note,
): Promise<Figure[]> {
  note(`  the simulated porch: a minute of each of ${porchScenes.length} scenes`);
  const played: Played[] = [];
  for (const scene of porchScenes) played.push(await watchPorch(scene, watchers));
  const [own, ...peers] = told(outcomesOf(watchers, played, rules), note);
  if (own === undefined) throw new Fault("bug", "nobody watched");
  return porchFigures(own, peers);
}

function told(outcomes: Outcome[], note: Note): Outcome[] {
  for (const outcome of outcomes)
    for (const line of [`  ${outcome.name}`, ...sceneLines(outcome)]) note(line);
  for (const line of ["  all", ...totalLines(outcomes)]) note(line);
  return outcomes;
}

async function inAWeek(note: Note): Promise<Figure[]> {
  note("  a week at the porch, every trouble and every visitor in turn");
  const { score, close } = await porchWeek(note);
  return [
    figure("sight.week.missed", score.events - score.found, { unit: `of ${score.events}`, goal: 0 }),
    figure("sight.week.false_events", score.falseEvents, {
      unit: `in ${Math.round(score.emptyS / 60)} min`,
      goal: 0,
    }),
    figure("sight.week.close.missed", close.missed, { unit: `of ${close.visitors}`, goal: 0 }),
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
