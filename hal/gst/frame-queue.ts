/**
 * Frame queue: a running pipeline's samples in order, with its faults, its end and its silence.
 *
 * Pulls in short slices on the main thread and gives the event loop a turn between them (a
 * callback from GStreamer's threads, or an asynchronous call, would lose the end of the stream or
 * fill libuv's pool). Samples that came before a fault are given first, then the fault.
 */
import type { CameraCounters } from "../camera.ts";
import { Fault } from "../fault.ts";
import type { Clock } from "../sensors.ts";
import type { Gst } from "./bindings.ts";
import type { Pipeline } from "./pipeline.ts";
import { SinkQueue, type NumberedSample } from "./sink-queue.ts";
import type { Source } from "./source-options.ts";

export interface SessionOptions {
  readonly source: Source;
  readonly stallMs: number;
  readonly maxFramePx: number;
  readonly clock: Clock;
  /** Rate of a source that does not tell its own. */
  readonly fps: number;
  /** Called when the pipeline is about to end; what it returns is called when it is gone. */
  readonly onClose?: (pipeline: Pipeline) => () => void;
}

/** How long one look for a frame may keep the event loop waiting. */
const sliceMs = 10;
/** Frames between two looks at the bus while they come in without a pause. */
const busEveryFrames = 32;

export class FrameQueue {
  readonly #pipeline: Pipeline;
  readonly #options: SessionOptions;
  readonly #queue: SinkQueue;
  #first: NumberedSample | null = null;
  #fault: Fault | null = null;
  #closed = false;

  constructor(gst: Gst, pipeline: Pipeline, options: SessionOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#queue = new SinkQueue(gst, pipeline.element("sink"), options.source.live);
  }

  get counters(): CameraCounters {
    return { framesIn: this.#queue.framesIn, framesDropped: this.#queue.framesDropped };
  }

  get name(): string {
    return this.#options.source.name;
  }

  putBack(first: NumberedSample): void {
    this.#first = first;
  }

  async next(signal?: AbortSignal): Promise<NumberedSample | null> {
    const { clock, stallMs } = this.#options;
    const sinceMs = clock.monoMs();
    for (;;) {
      await turn();
      if (this.#closed) return null;
      if (signal?.aborted === true) throw new Fault("cancelled", `${this.name}: opening was cancelled`);
      const next = this.#first ?? this.#queue.take(sliceMs);
      this.#first = null;
      const ended = next === null && this.#queue.atEnd;
      if (next === null || next.sequence % busEveryFrames === 0) this.#fault ??= this.#pipeline.takeFault();
      if (next !== null) return next;
      if (this.#fault !== null) throw this.#fault;
      if (ended && this.#options.source.finite) return null;
      if (ended)
        throw new Fault("unavailable", `${this.name}: the camera hung up`, { hint: "it is tried again" });
      if (clock.monoMs() - sinceMs >= stallMs)
        throw new Fault("timeout", `${this.name}: no picture for ${stallMs} ms`, {
          hint: this.#options.source.live
            ? "check the camera's cable and power"
            : "the file is damaged, or GStreamer cannot play it; try another format",
        });
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#first !== null) this.#queue.drop(this.#first);
    this.#queue.close();
    const afterwards = this.#options.onClose?.(this.#pipeline);
    this.#pipeline.close();
    afterwards?.();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
