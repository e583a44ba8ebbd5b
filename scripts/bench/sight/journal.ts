/**
 * Journal: what a day of it takes on the disk, and how long it takes to judge a week again.
 *
 * The day is the simulated porch's (20 minutes from light to dark and back, showers, 13 visitors of every
 * kind) 72 times: a thousand visitors, which is what the doorbell is made for. The worst case is the busiest of
 * the clips all day long, somebody in sight in most frames: it says when the day's limit cuts in.
 * Judged again with another sensitivity and a zone, in one go; and by what the calibration page asks for
 * (tracks of the whole picture, then a preview). Seven days are written with --long; else one, times seven.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsSchema } from "../../../config/schema.ts";
import { previewOf } from "../../../daemon/calibration/preview.ts";
import { readTracks } from "../../../daemon/calibration/read.ts";
import { judgeAgain } from "../../../daemon/sight/journal/judge-again.ts";
import { readJournal } from "../../../daemon/sight/journal/reader.ts";
import type { EventTiming } from "../../../daemon/sight/machine.ts";
import type { MotionSettings } from "../../../daemon/sight/zones.ts";
import { figure, type Figure } from "../figure.ts";
import { clipStretch, porchStretch } from "./journal-stretch.ts";
import { firstDayMs, journalFps, writeJournal, type Stretch } from "./journal-write.ts";
import type { LabelledClip } from "./labels.ts";

const dayFrames = 86_400 * journalFps;
const sampleFrames = 3_600 * journalFps;
const { recording } = settingsSchema.parse({});
const timing: EventTiming = {
  postRollUs: recording.postRollMs * 1_000,
  cooldownUs: recording.cooldownMs * 1_000,
  maxClipUs: recording.maxClipMs * 1_000,
};
const other: MotionSettings = {
  sensitivity: 40,
  zones: [
    {
      name: "path",
      polygon: [
        [0.2, 0.4],
        [0.9, 0.4],
        [0.9, 1],
        [0.2, 1],
      ],
      sensitivity: 65,
    },
  ],
};

interface JournalAsked {
  readonly long: boolean;
  readonly clips: readonly LabelledClip[];
  readonly note: (line: string) => void;
}

export async function journalFigures({ long, clips, note }: JournalAsked): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-journal-"));
  const days = long ? 7 : 1;
  try {
    note(`  motion journal: ${days} ${days === 1 ? "day" : "days"} of the porch`);
    const bytes = await writeJournal(folder, porchStretch(), { fromFrame: 0, frames: days * dayFrames });
    const unit = long ? "s" : "s, 7 x a day";
    const again = ((await judgedAgainMs(folder, days)) * 7) / days / 1_000;
    const tracks = ((await tracksMs(folder, days)) * 7) / days / 1_000;
    return [
      figure("journal.mb_per_day", bytes / days / 1e6, { unit: "MB", goal: 40 }),
      figure("journal.reeval_7d.s", again, { unit, goal: 60 }),
      figure("journal.preview_7d.s", tracks, { unit, goal: 60 }),
      ...(await worst(clips, note)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function spanOf(days: number): { readonly fromWallMs: number; readonly toWallMs: number } {
  return { fromWallMs: firstDayMs, toWallMs: firstDayMs + days * 86_400_000 };
}

async function judgedAgainMs(folder: string, days: number): Promise<number> {
  const began = performance.now();
  const judge = judgeAgain({ settings: other, timing, boxes: false });
  await readJournal(folder, spanOf(days), judge);
  judge.finish();
  return performance.now() - began;
}

async function tracksMs(folder: string, days: number): Promise<number> {
  const began = performance.now();
  const tracks = await readTracks(folder, { areas: other.zones, span: spanOf(days), timing });
  previewOf(tracks, other, []);
  return performance.now() - began;
}

/** An hour of each clip; the one that takes most. */
async function worst(clips: readonly LabelledClip[], note: (line: string) => void): Promise<Figure[]> {
  let [most, name] = [0, ""];
  for (const clip of clips) {
    const bytes = await sampleBytes(await clipStretch(clip));
    const perDay = (bytes / sampleFrames) * dayFrames;
    note(`    ${clip.id} all day long: ${(perDay / 1e6).toFixed(1)} MB`);
    if (perDay > most) [most, name] = [perDay, clip.id];
  }
  if (clips.length === 0) return [];
  return [figure("journal.worst.mb_per_day", most / 1e6, { unit: `MB, ${name}` })];
}

async function sampleBytes(stretch: Stretch): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-journal-"));
  try {
    return await writeJournal(folder, stretch, { fromFrame: 0, frames: sampleFrames });
  } finally {
    await rm(folder, { recursive: true });
  }
}
