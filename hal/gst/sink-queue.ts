/**
 * Sink queue: samples out of an appsink, numbered, with drops counted.
 *
 * A finite source waits for its reader and drops nothing. A live one never waits: the appsink
 * throws away its oldest pictures while nobody reads (it does not say so, but it counts what came
 * in), and what piled up meanwhile is cut to `maxQueued`, newest kept. The numbers of the samples
 * that remain show the gap.
 */
import type { Gst, Out, Pointer } from "./bindings.ts";

export interface NumberedSample {
  readonly sample: Pointer;
  readonly sequence: number;
}

const maxQueued = 3;

export class SinkQueue {
  readonly #gst: Gst;
  readonly #sink: Pointer;
  readonly #live: boolean;
  readonly #waiting: NumberedSample[] = [];
  #pulled = 0;
  #droppedInSink = 0;
  #droppedHere = 0;

  constructor(gst: Gst, sink: Pointer, live: boolean) {
    this.#gst = gst;
    this.#sink = sink;
    this.#live = live;
  }

  get framesIn(): number {
    return this.#pulled + this.#droppedInSink;
  }

  get framesDropped(): number {
    return this.#droppedInSink + this.#droppedHere;
  }

  /** The next sample, now the caller's, or null when none came within `waitMs` (blocks that long). */
  take(waitMs: number): NumberedSample | null {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return waiting;
    const sample = this.#pull(waitMs);
    if (sample === null) return null;
    if (!this.#live) return { sample, sequence: this.#pulled - 1 };
    this.#drain(sample);
    return this.#waiting.shift() ?? null;
  }

  get atEnd(): boolean {
    return this.#waiting.length === 0 && this.#gst.sinkIsEos(this.#sink) !== 0;
  }

  close(): void {
    for (const { sample } of this.#waiting.splice(0)) this.#gst.miniUnref(sample);
  }

  /** Gives back a sample that was taken and is not wanted. */
  drop({ sample }: NumberedSample): void {
    this.#gst.miniUnref(sample);
  }

  /** Empties the sink, so that what came in and was not pulled must have been dropped by it. */
  #drain(first: Pointer): void {
    const before = this.#pulled - 1;
    const samples = [first];
    for (;;) {
      const rendered = this.#rendered();
      const sample = this.#pull(0);
      if (sample !== null) {
        samples.push(sample);
        continue;
      }
      this.#droppedInSink = Math.max(this.#droppedInSink, rendered - this.#pulled);
      break;
    }
    const start = before + this.#droppedInSink;
    samples.forEach((sample, i) => this.#waiting.push({ sample, sequence: start + i }));
    for (const { sample } of this.#waiting.splice(0, Math.max(0, this.#waiting.length - maxQueued))) {
      this.#gst.miniUnref(sample);
      this.#droppedHere += 1;
    }
  }

  #pull(waitMs: number): Pointer | null {
    const sample = this.#gst.sinkPull(this.#sink, waitMs * 1e6);
    if (sample !== null) this.#pulled += 1;
    return sample;
  }

  #rendered(): number {
    const count: Out<number | bigint> = [0];
    const stats = this.#gst.sinkStats(this.#sink);
    this.#gst.structureUint64(stats, "rendered", count);
    this.#gst.structureFree(stats);
    return Number(count[0]);
  }
}
