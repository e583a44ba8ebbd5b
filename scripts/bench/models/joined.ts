/**
 * Joined: crops of one clip that follow each other are a track, and its label is what all of them say together.
 *
 * The simplest joining there is, so that the figure speaks of the model: a crop belongs to the track whose last box it
 * overlaps most, if that was at most `mostFrames` before. The scores of a track are the geometric means of its crops'
 * (the running mean of log-probabilities, as the doorbell's tracks do it).
 */
import type { Label } from "../../../models/labels.ts";
import type { Judged } from "./accuracy.ts";
import type { Crop } from "./crops.ts";

const mostFrames = 30;
/** No single crop may rule a label out. */
const least = 1e-3;

export interface JudgedCrop {
  readonly crop: Pick<Crop, "from" | "frame" | "box">;
  readonly judged: Judged;
}

interface Track {
  last: JudgedCrop["crop"];
  readonly members: Judged[];
}

/** Tracks of crops that are all of one truth: a crop of another truth begins its own. */
export function joined(crops: readonly JudgedCrop[]): Judged[] {
  const tracks: Track[] = [];
  const inOrder = crops.toSorted((a, b) => a.crop.frame - b.crop.frame);
  for (const { crop, judged } of inOrder) {
    const track = bestFor(tracks, crop, judged.truth);
    if (track === null) tracks.push({ last: crop, members: [judged] });
    else {
      track.last = crop;
      track.members.push(judged);
    }
  }
  return tracks.map(({ members }) => togetherOf(members));
}

function bestFor(tracks: readonly Track[], crop: JudgedCrop["crop"], truth: Label): Track | null {
  let [best, most]: [Track | null, number] = [null, 0];
  for (const track of tracks) {
    const { last, members } = track;
    const gap = crop.frame - last.frame;
    if (last.from !== crop.from || gap <= 0 || gap > mostFrames || members[0]?.truth !== truth) continue;
    const overlap = overlapOf(last.box, crop.box);
    if (overlap > most) [best, most] = [track, overlap];
  }
  return best;
}

type Box = Crop["box"];

/** Intersection over union. */
export function overlapOf([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const w = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const h = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (aw * ah + bw * bh - w * h);
}

function togetherOf(members: readonly Judged[]): Judged {
  const truth = members[0]?.truth ?? "other";
  const sums = new Map<Label, number>();
  for (const { scores } of members)
    for (const [label, score] of Object.entries(scores) as [Label, number][])
      sums.set(label, (sums.get(label) ?? 0) + Math.log(Math.max(least, score)));
  const scores = Object.fromEntries([...sums].map(([label, sum]) => [label, Math.exp(sum / members.length)]));
  return { truth, scores };
}
