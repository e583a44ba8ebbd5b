/**
 * What a sensitivity means: which person is seen, and after how long.
 *
 * A drawn person walks across a scene of stones: head, body, two legs, clothes of two shades. One pass
 * gives every sensitivity, because a cell's level is the sensitivity that it takes to see it.
 * meaning-tables.ts prints it for docs/motion.md; a test holds that paper to it.
 */
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import { levelAsked } from "../../../daemon/sight/levels.ts";
import { pictureOf, type Walk } from "./walk.ts";

const size = { width: 576, height: 324 };
const fps = 15;
export const sensitivities = [20, 35, 50, 65, 80];
const start = 30;
const seconds = 5;
const seeds = [1, 2, 3, 4, 5];

/** Frames from the person's first step in the picture to the first that fires, per sensitivity. */
function delays(walk: Walk): (number | null)[] {
  const opening = rasteriseOpening(size, wholePicture);
  const masker = createMasker(opening);
  const memory = createPlainMemory(size.width, size.height);
  const motion = createMotion({ ...size, fps, settings: { sensitivity: 50, zones: [] } });
  const picture = pictureOf(size, walk);
  const first: (number | null)[] = sensitivities.map(() => null);
  for (let frame = 0; frame < start + seconds * fps; frame += 1) {
    const { levels } = motion.handle(masker.apply(picture(frame - start, frame), memory));
    if (frame < start) continue;
    const most = levels.reduce((a, b) => Math.max(a, b), 0);
    sensitivities.forEach((sensitivity, i) => {
      if (most >= levelAsked(sensitivity)) first[i] ??= frame - start;
    });
  }
  return first;
}

/** The middle one of all seeds in ms; "-" when most are never seen. */
function delayText(all: readonly (number | null)[]): string {
  const sorted = all.map((frames) => frames ?? Infinity).sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? Infinity;
  return middle === Infinity ? "-" : String(Math.round((middle * 1_000) / fps));
}

/** One row of a table: per sensitivity, how long it takes to see such a person. */
export function delayTexts(walk: Omit<Walk, "seed">): string[] {
  const runs = seeds.map((seed) => delays({ ...walk, seed }));
  return sensitivities.map((_, i) => delayText(runs.map((run) => run[i] ?? null)));
}

/** The person of every row that does not say otherwise. */
const day = { noise: 2, speed: 0.8, contrast: 45, height: 0.2 };

export interface MeaningTable {
  readonly title: string;
  /** Name of the row, and who walks. */
  readonly rows: readonly (readonly [string, Omit<Walk, "seed">])[];
}

export const meaningTables: readonly MeaningTable[] = [
  {
    title: "height, of the picture",
    rows: [0.05, 0.08, 0.12, 0.2, 0.4, 0.8].map((height) => [
      `${Math.round(100 * height)} %`,
      { ...day, height },
    ]),
  },
  {
    title: "contrast, in luma levels",
    rows: [8, 12, 20, 30, 45, 80].map((contrast) => [String(contrast), { ...day, contrast }]),
  },
  {
    title: "speed, in body heights a second",
    rows: [0.1, 0.25, 0.5, 1, 2, 4].map((speed) => [String(speed), { ...day, speed }]),
  },
  {
    title: "sensor noise, in luma levels",
    rows: [1, 2, 4, 8, 12].map((noise) => [String(noise), { ...day, noise }]),
  },
];
