/**
 * Paced: a video file that behaves like a camera.
 *
 * pace real: a live camera; frames become due by the Clock and late ones are dropped and counted
 * (pace.ts says which). pace fast: every frame, as fast as it is read, the same on every run.
 *
 * With `epochWallMs` the video's first frame belongs to that wall time, so that the trace of its
 * button and PIR, played by another process, fits: the beginning is skipped when it is a few
 * seconds past; longer ago, the video starts at its beginning all the same.
 */
import type { Camera, CameraDriver, CameraInfo } from "../camera.ts";
import type { RawFrame } from "../frame.ts";
import type { Clock } from "../sensors.ts";
import { type FrameSource, openSource } from "./endless.ts";
import { pace } from "./pace.ts";

export interface PacedOptions {
  /** For people. */
  readonly name: string;
  readonly loop: boolean;
  readonly pace: "real" | "fast";
  readonly clock: Clock;
  readonly epochWallMs?: number | undefined;
}

const longestSkipMs = 10_000;

/** `video` gives the file's frames as fast as they are read. */
export function pacedCamera(video: CameraDriver, options: PacedOptions): CameraDriver {
  return {
    async open(signal) {
      return startCamera(await openSource(video, options.loop, signal), options);
    },
  };
}

function infoOf(source: FrameSource, { name, loop, pace }: PacedOptions): CameraInfo {
  const { width, height, fps, durationMs } = source.first.info;
  const info = { name, width, height, fps, live: pace === "real" };
  return loop || durationMs === undefined ? info : { ...info, durationMs };
}

/** How far into the video its epoch says that we are; 0 = start at the beginning. */
function skipMs(source: FrameSource, { loop, clock, epochWallMs }: PacedOptions): number {
  const elapsedMs = epochWallMs === undefined ? 0 : clock.wallMs() - epochWallMs;
  const { durationMs } = source.first.info;
  const intoMs = loop && durationMs !== undefined ? elapsedMs % durationMs : elapsedMs;
  return intoMs > 0 && intoMs <= longestSkipMs ? intoMs : 0;
}

function startCamera(source: FrameSource, options: PacedOptions): Camera {
  const { clock } = options;
  const info = infoOf(source, options);
  const frameMs = 1_000 / Math.max(1, info.fps);
  const counters = { framesIn: 0, framesDropped: 0 };
  const toSkipMs = options.pace === "real" ? skipMs(source, options) : 0;
  const openedMs = clock.monoMs();
  /** Mono time at which media time 0 is due; the first frame sets it. */
  let zeroMs: number | null = null;
  let firstUs = 0;
  let droppedInRow = 0;
  let wake = (): void => {};
  let closing: Promise<void> | null = null;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  /** True when the frame is to be shown now; waits until it is due. */
  const due = async (frame: RawFrame): Promise<boolean> => {
    if (zeroMs === null) {
      firstUs = frame.ptsUs;
      zeroMs = toSkipMs > 0 ? openedMs - toSkipMs : clock.monoMs();
    }
    const mediaMs = (frame.ptsUs - firstUs) / 1_000;
    if (mediaMs < toSkipMs) return false;
    const lateMs = clock.monoMs() - (zeroMs + mediaMs);
    const verdict = pace({ lateMs, frameMs, droppedInRow });
    droppedInRow = verdict.do === "drop" ? droppedInRow + 1 : 0;
    if (verdict.do === "slip") zeroMs += lateMs;
    if (verdict.do === "wait") await wait(verdict.ms);
    return verdict.do !== "drop";
  };
  const read = async (): Promise<RawFrame | null> => {
    for (;;) {
      if (closing !== null) return null;
      const frame = await source.read();
      if (frame === null) return null;
      counters.framesIn += 1;
      const show = options.pace === "fast" || (await due(frame));
      if (closing !== null) return null;
      if (show) return frame;
      counters.framesDropped += 1;
    }
  };
  const close = (): Promise<void> => {
    closing ??= source.close();
    wake();
    return closing;
  };
  return { info, counters, read, close, [Symbol.asyncDispose]: close };
}
