/**
 * Camera session: one open pipeline as a Camera.
 *
 * Lends the planes of one sample at a time, stamps them with media time, and refuses a stream
 * that changes its size: everything behind it (mask, encoder) was made for the first one.
 */
import type { Camera, CameraCounters, CameraInfo } from "../camera.ts";
import { assert, Fault, toFault } from "../fault.ts";
import type { RawFrame } from "../frame.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { tooLarge } from "./announced-size.ts";
import { readCaps, readSize } from "./caps.ts";
import { FrameQueue, type SessionOptions } from "./frame-queue.ts";
import { MediaTime } from "./media-time.ts";
import type { Pipeline } from "./pipeline.ts";
import { isFullRange } from "./range.ts";
import { ptsNsOf, SampleReader } from "./sample.ts";
import type { NumberedSample } from "./sink-queue.ts";

/**
 * Starts the pipeline and waits for the first picture. Closes the pipeline when that fails. Null, and closed too: its
 * pictures have not the range that the source was described with.
 */
export async function startCamera(
  gst: Gst,
  pipeline: Pipeline,
  options: SessionOptions & { signal?: AbortSignal | undefined },
): Promise<Camera | null> {
  const { source, maxFramePx, signal } = options;
  const frames = new FrameQueue(gst, pipeline, options);
  try {
    pipeline.play();
    const first = await frames.next(signal);
    if (first === null)
      throw new Fault("corrupt", `${source.name}: holds no picture that can be shown`, {
        hint: "give a video file",
      });
    frames.putBack(first);
    const caps = gst.sampleCaps(first.sample);
    const { width, height, fps } = readCaps(gst, caps);
    if (isFullRange(gst, caps) !== source.fullRange) {
      frames.close();
      return null;
    }
    if (width * height > maxFramePx) throw tooLarge(source.name, `${width}x${height}`, maxFramePx);
    const durationMs = source.live ? undefined : pipeline.durationMs();
    const info = { name: source.name, width, height, fps: fps ?? options.fps, live: source.live };
    return new GstCamera(gst, frames, durationMs === undefined ? info : { ...info, durationMs });
  } catch (error) {
    frames.close();
    throw error;
  }
}

class GstCamera implements Camera {
  readonly info: CameraInfo;
  readonly #gst: Gst;
  readonly #frames: FrameQueue;
  readonly #reader: SampleReader;
  readonly #time: MediaTime;
  #reading = false;
  #over: Fault | "end" | "closed" | null = null;

  constructor(gst: Gst, frames: FrameQueue, info: CameraInfo) {
    this.info = info;
    this.#gst = gst;
    this.#frames = frames;
    this.#reader = new SampleReader(gst, info);
    this.#time = new MediaTime(info.fps);
  }

  get counters(): CameraCounters {
    return this.#frames.counters;
  }

  async read(): Promise<RawFrame | null> {
    assert(!this.#reading, "one read at a time");
    if (this.#over instanceof Fault) throw this.#over;
    if (this.#over !== null) return null;
    this.#reading = true;
    this.#reader.release();
    try {
      const next = await this.#frames.next();
      if (next !== null) return this.#frame(next);
      if (this.#over === null) this.#checkWhole();
      this.#over ??= "end";
      return null;
    } catch (error) {
      this.#over ??= toFault(error);
      throw error;
    } finally {
      this.#reading = false;
    }
  }

  close(): Promise<void> {
    this.#over = "closed";
    this.#reader.forget();
    this.#frames.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #frame({ sample, sequence }: NumberedSample): RawFrame {
    this.#reader.hold(sample);
    this.#checkSize(sample);
    const { width, height } = this.info;
    const ptsUs = this.#time.next(ptsNsOf(this.#gst, sample));
    return { width, height, ...this.#reader.planes(), ptsUs, sequence };
  }

  /** A demuxer takes a file that was cut off for a short one; the length that it promised tells. */
  #checkWhole(): void {
    const { name, fps, durationMs = 0 } = this.info;
    const endMs = this.#time.lastUs / 1000 + 1000 / fps;
    if (durationMs - endMs < 1000 || endMs > durationMs * 0.9) return;
    const [end, promised] = [endMs, durationMs].map((ms) => (ms / 1000).toFixed(1));
    throw new Fault("corrupt", `${name}: the picture ends after ${end} of ${promised} seconds`, {
      hint: "the file was cut off; copy it again",
    });
  }

  #checkSize(sample: Pointer): void {
    const { width, height } = readSize(this.#gst, this.#gst.sampleCaps(sample));
    if (width === this.info.width && height === this.info.height) return;
    const sizes = `from ${this.info.width}x${this.info.height} to ${width}x${height}`;
    throw new Fault("unavailable", `${this.info.name}: picture size changed ${sizes}`, {
      hint: this.info.live ? "the camera is opened again with the new size" : "give a video of one size",
    });
  }
}
