/**
 * Replay camera: a video file as the doorbell's camera, or as fast as it can be read.
 */
import { basename } from "node:path";
import type { CameraDriver } from "../camera.ts";
import { gstCamera } from "../gst/camera.ts";
import { type PacedOptions, pacedCamera } from "./paced.ts";

export interface ReplayCameraOptions extends Omit<PacedOptions, "name"> {
  readonly file: string;
  /** No frame out of the decoder for this long = broken; default 4,000. */
  readonly stallMs?: number;
}

/** The picture keeps the file's own size and rate: these are only what a file does not say. */
const unstated = { width: 1_280, height: 720, fps: 15 } as const;

export function replayCamera({ file, stallMs = 4_000, ...options }: ReplayCameraOptions): CameraDriver {
  const video = gstCamera({ ...unstated, source: file, file: true, stallMs });
  return pacedCamera(video, { ...options, name: `replay ${basename(file)}` });
}
