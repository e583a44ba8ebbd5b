/**
 * Camera driver on GStreamer: files, V4L2, libcamera and RTSP behind one interface.
 *
 * `gstCamera` starts nothing; `open` checks what can be checked without GStreamer first (path,
 * rights, size, is it a camera at all), so that the common mistakes get a plain answer at once.
 * `auto`: see camera-choice.ts.
 */
import type { Camera, CameraDriver } from "../camera.ts";
import { systemClock } from "../clock.ts";
import { Fault, toFault } from "../fault.ts";
import type { Clock } from "../sensors.ts";
import type { Turn } from "../view.ts";
import { refuseLargeFile } from "./announced-size.ts";
import { startCamera } from "./camera-session.ts";
import { chooseCamera, noCamera } from "./camera-choice.ts";
import { boardModel, checkCamera, checkPath, listVideoNodes } from "./devices.ts";
import { hasElement } from "./elements.ts";
import { openGst } from "./lib.ts";
import { checkMp4Index } from "./mp4-index.ts";
import { Pipeline } from "./pipeline.ts";
import type { SessionOptions } from "./frame-queue.ts";
import type { Source } from "./source-options.ts";
import { parseSource } from "./source.ts";
import { holdV4l2Pool } from "./v4l2-pool.ts";
import { offeredSizes } from "./v4l2.ts";

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
  /** Of a V4L2 camera only this pixel format; any when absent (see source.ts). */
  readonly format?: string;
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

/** Cameras whose pictures were found to have samples from 0 to 255: the next opening knows. */
const fullRange = new Set<string>();

async function openSource(options: GstCameraOptions, signal?: AbortSignal): Promise<Camera> {
  const { stallMs, clock = systemClock, maxFramePx = defaultMaxFramePx, width, height, fps } = options;
  const known = fullRange.has(options.source);
  const source = sourceOf(options, known);
  if (source.path !== undefined) await checkPath(source.path, source.live);
  if (isDevice(source)) await checkCamera(source.path);
  else if (source.path !== undefined) await checkMp4Index(source.path, source.name);
  refuseAborted(signal);
  const session = { source, stallMs, maxFramePx, clock, fps, signal, ...closing(source) };
  try {
    const camera = await startSource(session);
    if (camera !== null) return camera;
    const other = await startSource({ ...session, source: sourceOf(options, !known) });
    if (other === null) throw new Fault("unavailable", `${source.name}: its range of brightness changes`);
    if (source.live) remember(options.source, !known);
    return other;
  } catch (error) {
    if (!isDevice(source)) throw error;
    throw withOffer(toFault(error), source.path, `${width}x${height}`);
  }
}

function sourceOf(options: GstCameraOptions, isFull: boolean): Source {
  const { source, width, height, fps, file = false, rotate = 0, format } = options;
  const { maxFramePx = defaultMaxFramePx } = options;
  const maxSidePx = Math.min(16_384, maxFramePx, Math.ceil(Math.sqrt(maxFramePx) * 2));
  const only = format === undefined ? {} : { format };
  return parseSource({ source, file, width, height, fps, rotate, maxSidePx, fullRange: isFull, ...only });
}

function remember(source: string, isFull: boolean): void {
  if (isFull) fullRange.add(source);
  else fullRange.delete(source);
}

function closing(source: Source): Pick<SessionOptions, "onClose"> {
  if (!isDevice(source)) return {};
  return { onClose: (pipeline) => holdV4l2Pool(openGst(), pipeline.element("source")) };
}

const isDevice = (source: Source): source is Source & { path: string } =>
  source.live && source.path !== undefined;

async function startSource(
  session: SessionOptions & { signal?: AbortSignal | undefined },
): Promise<Camera | null> {
  const { source } = session;
  const gst = openGst();
  if (source.announce !== undefined) await refuseLargeFile(gst, source.announce, session);
  const pipeline = new Pipeline(gst, source.description, source);
  for (const [name, value] of Object.entries(source.properties)) pipeline.setText("source", name, value);
  return startCamera(gst, pipeline, session);
}

/** A size that the camera does not have is refused with those that it has. */
function withOffer(fault: Fault, path: string, asked: string): Fault {
  const sizes = fault.kind === "invalid" ? offerOf(path) : [];
  if (sizes.length === 0 || sizes.includes(asked)) return fault;
  return new Fault("invalid", `${path}: the camera has no picture of ${asked}`, {
    cause: fault,
    hint: `set camera.width and camera.height to what it offers: ${sizes.join(", ")}`,
  });
}

function offerOf(path: string): string[] {
  try {
    return offeredSizes(path).map(({ width, height }) => `${width}x${height}`);
  } catch {
    return []; // it went away meanwhile; the fault itself is told
  }
}

async function openAny(options: GstCameraOptions, signal?: AbortSignal): Promise<Camera> {
  const [nodes, model] = await Promise.all([listVideoNodes(), boardModel()]);
  const choice = chooseCamera({ nodes, model, libcamera: hasElement("libcamerasrc") });
  const faults: Fault[] = [];
  for (const source of choice.sources) {
    try {
      return await openSource({ ...options, source }, signal);
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind === "cancelled" || fault.kind === "bug") throw fault;
      faults.push(fault);
    }
  }
  throw noCamera(choice, faults);
}

function refuseAborted(signal?: AbortSignal): void {
  if (signal?.aborted === true) throw new Fault("cancelled", "opening the camera was cancelled");
}
