/**
 * Guard on real footage: a clip as it is, and bumped.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { wholePicture } from "../../daemon/eye/mask/whole-picture.ts";
import type { Reference } from "../../daemon/eye/guard/reference.ts";
import { tuning } from "../../daemon/eye/guard/tuning.ts";
import { systemClock } from "../../hal/clock.ts";
import { Fault } from "../../hal/fault.ts";
import type { I420, Plane } from "../../hal/frame.ts";
import { gstCamera } from "../../hal/gst/camera.ts";
import { bumpOf, GuardWatch, looksAllowed, lookMs, randomOf, trial, type Trial } from "./guard-watch.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "shared", "footage");

/** Names of the clips that are here; none without ../shared/footage. */
export function footageClips(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".mp4"))
    .map((name) => basename(name, ".mp4"));
}

export interface ClipResult {
  readonly clip: string;
  readonly looks: number;
  /** Closed at any time with nothing done to the picture. */
  readonly tripped: boolean;
  /** Empty for a clip that is shorter than learning. */
  readonly trials: readonly Trial[];
}

/** The whole clip as it is; then `each` bumps at random places of its first 48 s. */
export async function clipResult(clip: string, each: number): Promise<ClipResult> {
  const watch = new GuardWatch(wholePicture);
  const kept: I420[] = [];
  let [looks, tripped] = [0, false];
  for await (const picture of picturesOf(join(folder, `${clip}.mp4`))) {
    looks += 1;
    if (kept.length < keptLooks) kept.push(copied(picture));
    if (watch.look(picture)) tripped = true;
  }
  const reference = watch.guard?.reference ?? null;
  return {
    clip,
    looks,
    tripped,
    trials: reference === null ? [] : trialsOf(clip, { reference, kept, each }),
  };
}

const keptLooks = 120;

interface Trying {
  readonly reference: Reference;
  readonly kept: readonly I420[];
  readonly each: number;
}

function trialsOf(clip: string, { reference, kept, each }: Trying): Trial[] {
  const random = randomOf(clip.length);
  const last = kept.length - looksAllowed - 1;
  if (last < 1) return [];
  // a camera that moves by itself (cars) is where it was learnt only for a while
  const from = clip === "cars" ? Math.min(last, tuning.learnLooks) : last;
  return Array.from({ length: each }, (_, i) => {
    const first = Math.floor(random() * from);
    const pictureAt = (look: number): I420 => kept[first + look] ?? outOfClip(clip);
    return trial({ shape: wholePicture, reference, bump: bumpOf(i, random), pictureAt });
  });
}

function outOfClip(clip: string): never {
  throw new Fault("bug", `no such picture in ${clip}`);
}

/** One picture per look, lent until the next. */
async function* picturesOf(source: string): AsyncGenerator<I420> {
  const driver = gstCamera({ source, file: true, ...unstated, stallMs: 20_000, clock: systemClock });
  await using camera = await driver.open();
  let nextUs = Number.NEGATIVE_INFINITY;
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    if (raw.ptsUs < nextUs) continue;
    nextUs = raw.ptsUs + lookMs * 1_000 - 33_000;
    yield raw;
  }
}

/** The clips keep their own size and rate. */
const unstated = { width: 1_280, height: 720, fps: 15 } as const;

/** Luma in memory of its own; the colour, which the guard does not look at, is nobody's. */
function copied({ width, height, y, u }: I420): I420 {
  const grey: Plane = { ...u, data: (greys ??= new Uint8Array(u.stride * u.height).fill(128)) };
  return { width, height, y: { ...y, data: y.data.slice() }, u: grey, v: grey };
}

let greys: Uint8Array | null = null;
