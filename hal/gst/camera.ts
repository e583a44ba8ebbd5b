/**
 * Camera driver on GStreamer: files, V4L2, libcamera and RTSP behind one interface.
 *
 * `gstCamera` starts nothing; `open` checks what can be checked without GStreamer first (path,
 * rights, size), so that the common mistakes get a plain answer at once. `auto` takes the camera
 * module when there is one, else the first V4L2 camera.
 */
import type { Camera, CameraDriver } from "../camera.ts";
import { systemClock } from "../clock.ts";
import { Fault } from "../fault.ts";
import type { Clock } from "../sensors.ts";
import type { Turn } from "../view.ts";
import { refuseLargeFile } from "./announced-size.ts";
import { startCamera } from "./camera-session.ts";
import { checkPath, listVideoDevices } from "./devices.ts";
import { hasElement } from "./elements.ts";
import { openGst } from "./lib.ts";
import { checkMp4Index } from "./mp4-index.ts";
import { Pipeline } from "./pipeline.ts";
import { parseSource } from "./source.ts";

export interface GstCameraOptions {
  /** See source.ts; `auto` picks a camera of this machine. */
  readonly source: string;
  /** `source` is the path of a file, whatever it looks like. */
  readonly file?: boolean;
  /** Asked of live cameras; a file keeps its own size and rate. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly stallMs: number;
  /** Turns every picture clockwise, natively; sizes in `info` are those of the turned picture. */
  readonly rotate?: Turn;
  readonly clock?: Clock;
  readonly maxFramePx?: number;
}

const defaultMaxFramePx = 3840 * 2160;

export function gstCamera(options: GstCameraOptions): CameraDriver {
  return {
    async open(signal) {
      refuseAborted(signal);
      if (options.source !== "auto" || options.file === true) return openSource(options, signal);
      return openAny(options, signal);
    },
  };
}

async function openSource(options: GstCameraOptions, signal?: AbortSignal): Promise<Camera> {
  const { width, height, fps, stallMs, clock = systemClock, maxFramePx = defaultMaxFramePx } = options;
  const { file = false, rotate = 0 } = options;
  const maxSidePx = Math.min(16_384, maxFramePx, Math.ceil(Math.sqrt(maxFramePx) * 2));
  const source = parseSource({ source: options.source, file, width, height, fps, rotate, maxSidePx });
  if (source.path !== undefined) await checkPath(source.path, source.live);
  if (source.path !== undefined && !source.live) await checkMp4Index(source.path, source.name);
  refuseAborted(signal);
  const gst = openGst();
  const session = { source, stallMs, maxFramePx, clock, fps, signal };
  if (source.announce !== undefined) await refuseLargeFile(gst, source.announce, session);
  const pipeline = new Pipeline(gst, source.description, source);
  for (const [name, value] of Object.entries(source.properties)) pipeline.setText("source", name, value);
  return startCamera(gst, pipeline, session);
}

async function openAny(options: GstCameraOptions, signal?: AbortSignal): Promise<Camera> {
  const devices = await listVideoDevices();
  const sources = [...(hasElement("libcamerasrc") ? ["libcamera"] : []), ...devices.map(({ path }) => path)];
  let last: unknown = null;
  for (const source of sources) {
    try {
      return await openSource({ ...options, source }, signal);
    } catch (error) {
      last = error;
      if (error instanceof Fault && error.kind === "cancelled") throw error;
    }
  }
  if (last !== null)
    throw last instanceof Fault ? last : new Fault("bug", "no camera opens", { cause: last });
  throw new Fault("not-found", "no camera found", {
    hint: "connect a camera (see `sill hal list`) or set camera.driver to sim",
  });
}

function refuseAborted(signal?: AbortSignal): void {
  if (signal?.aborted === true) throw new Fault("cancelled", "opening the camera was cancelled");
}
