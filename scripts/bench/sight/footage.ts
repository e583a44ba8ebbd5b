/**
 * Footage: labelled clips before all watchers.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { systemClock } from "../../../hal/clock.ts";
import type { RawFrame } from "../../../hal/frame.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import type { Camera } from "../../../hal/camera.ts";
import type { LabelledClip } from "./labels.ts";
import { showTo } from "./show.ts";
import type { Watcher } from "./watcher.ts";

/** Clips that are measured when no folder is named; null = not here. */
export function usualFootage(): string | null {
  const folder = join(import.meta.dirname, "..", "..", "..", "..", "shared", "footage");
  return existsSync(join(folder, "labels")) ? folder : null;
}

/** Evidence on the labels' frame grid, per watcher. */
export async function watchClip(clip: LabelledClip, watchers: readonly Watcher[]): Promise<number[][]> {
  await using camera = await openClip(clip);
  const { width, height } = camera.info;
  const places: number[] = [];
  const frames = framesOf(camera, (ptsUs) => places.push(Math.round((ptsUs * clip.fps) / 1_000_000)));
  const watched = await showTo(watchers, {
    width,
    height,
    fps: camera.info.fps,
    shape: wholePicture,
    frames,
  });
  return watched.map(({ evidence }) => onGrid(evidence, places, clip.frames));
}

export function openClip({ path }: Pick<LabelledClip, "path">): Promise<Camera> {
  const unstated = { width: 1_280, height: 720, fps: 15 }; // a file keeps its own size and rate
  return gstCamera({ source: path, file: true, ...unstated, stallMs: 20_000, clock: systemClock }).open();
}

async function* framesOf(camera: Camera, at: (ptsUs: number) => void): AsyncGenerator<RawFrame> {
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    at(raw.ptsUs);
    yield raw;
  }
}

/** What was seen in a frame holds until the next one. */
function onGrid(evidence: readonly number[], places: readonly number[], frames: number): number[] {
  const grid: number[] = [];
  let next = 0;
  let last = 0;
  for (let k = 0; k < frames; k += 1) {
    for (; (places[next] ?? Number.POSITIVE_INFINITY) <= k; next += 1) last = evidence[next] ?? last;
    grid.push(last);
  }
  return grid;
}
