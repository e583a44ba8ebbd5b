/**
 * Joined: crops of one clip that follow each other are a track, and its label is what all of them say together.
 *
 * The rule of scripts/train/tracks.py, so that both tell the same figures: boxes of frames at most three samplings apart that
 * overlap by 0.2 or of which one covers half of the other, the best such pair first, each track taking one box a frame.
 * What a track says is the geometric mean of its crops' scores (the mean of log-probabilities, as the doorbell's tracks
 * have it); `running` is the same at each crop, of those up to it.
 */
import type { Label } from "../../../models/labels.ts";
import type { Judged } from "./accuracy.ts";
import type { Crop } from "./crops.ts";

const mostSamplings = 3;
/** No single crop may rule a label out. */
const least = 1e-6;

export interface JudgedCrop {
  readonly crop: Pick<Crop, "from" | "frame" | "box">;
  readonly judged: Judged;
}

interface Track {
  last: JudgedCrop["crop"];
  readonly members: Judged[];
}

/** Each track's members in order of time. */
export function tracksOf(crops: readonly JudgedCrop[]): Judged[][] {
  const clips = Map.groupBy(crops, ({ crop }) => crop.from);
  return [...clips.values()].flatMap((clip) => {
    const frames = Map.groupBy(clip, ({ crop }) => crop.frame);
    const times = [...frames.keys()].sort((a, b) => a - b);
    const far = mostSamplings * samplingOf(times);
    const tracks: Track[] = [];
    for (const time of times) {
      const open = tracks.filter(({ last }) => time - last.frame <= far);
      for (const one of unjoined(open, frames.get(time) ?? []))
        tracks.push({ last: one.crop, members: [one.judged] });
    }
    return tracks.map(({ members }) => members);
  });
}

/** One verdict a track; its truth is that of most of its crops. */
export function verdictOf(members: readonly Judged[]): Judged {
  const counts = new Map<Label, number>();
  for (const { truth } of members) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  const [truth = "other"] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { truth, scores: togetherOf(members) };
}

/** What is said at each crop, of all up to it. */
export function running(members: readonly Judged[]): Judged[] {
  return members.map(({ truth }, at) => ({ truth, scores: togetherOf(members.slice(0, at + 1)) }));
}

function samplingOf(times: readonly number[]): number {
  const steps = times
    .slice(1)
    .map((time, at) => time - (times[at] ?? 0))
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 1;
}

/** Joins what belongs to a track; answers what belongs to none. */
function unjoined(tracks: readonly Track[], crops: readonly JudgedCrop[]): JudgedCrop[] {
  const pairs = tracks
    .flatMap((track) => crops.map((one) => ({ track, one, like: likeness(track.last.box, one.crop.box) })))
    .filter(({ like }) => like > 0)
    .sort((a, b) => b.like - a.like);
  const [grown, taken] = [new Set<Track>(), new Set<JudgedCrop>()];
  for (const { track, one } of pairs) {
    if (grown.has(track) || taken.has(one)) continue;
    grown.add(track);
    taken.add(one);
    track.last = one.crop;
    track.members.push(one.judged);
  }
  return crops.filter((one) => !taken.has(one));
}

type Box = Crop["box"];

function likeness([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const w = Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx));
  const h = Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by));
  const both = w * h;
  const overlap = both / Math.max(1e-9, aw * ah + bw * bh - both);
  const cover = both / Math.max(1e-9, Math.min(aw * ah, bw * bh));
  return overlap >= 0.2 || cover >= 0.5 ? Math.max(overlap, cover / 2) : 0;
}

function togetherOf(members: readonly Judged[]): Judged["scores"] {
  const sums = new Map<Label, number>();
  for (const { scores } of members)
    for (const [label, score] of Object.entries(scores) as [Label, number][])
      sums.set(label, (sums.get(label) ?? 0) + Math.log(Math.max(least, score)));
  return Object.fromEntries([...sums].map(([label, sum]) => [label, Math.exp(sum / members.length)]));
}
