/**
 * Camera figures: how regularly frames came, out of a trace's timings.
 */
import type { Moment } from "./format.ts";

export interface CameraReplay {
  readonly frames: number;
  /** By the driver, over all openings. */
  readonly dropped: number;
  /** From arrival to arrival; null with less than two frames. */
  readonly gapMs: { readonly median: number; readonly p99: number; readonly most: number } | null;
  /** How often it stalled, failed or was opened anew. */
  readonly troubles: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Gaps in tenths of a millisecond are counted, not kept: a day of frames is a small table. */
const tenths = 10;

export class CameraFigures {
  #frames = 0;
  #dropped = 0;
  #droppedBefore = 0;
  #lastNs: number | null = null;
  #mostNs = 0;
  #troubles = 0;
  #size = { width: 0, height: 0, fps: 0 };
  readonly #gaps = new Map<number, number>();

  see(moment: Moment): void {
    if (moment.type === "camera") {
      const { state, width, height, fps } = moment;
      if (state === "stalled" || state === "failed") this.#troubles += 1;
      if (width > 0) this.#size = { width, height, fps };
    }
    if (moment.type !== "frame") return;
    this.#frames += 1;
    if (this.#lastNs === null) this.#droppedBefore = moment.dropped; // of before the trace
    if (moment.dropped < this.#droppedBefore) this.#droppedBefore = 0; // opened anew: it counts from 0
    this.#dropped += moment.dropped - this.#droppedBefore;
    this.#droppedBefore = moment.dropped;
    if (this.#lastNs !== null) this.#gap(moment.atNs - this.#lastNs);
    this.#lastNs = moment.atNs;
  }

  /** Null: the trace says nothing of a camera. */
  get figures(): CameraReplay | null {
    if (this.#frames + this.#troubles === 0 && this.#size.width === 0) return null;
    const gapMs =
      this.#gaps.size === 0
        ? null
        : { median: this.#quantile(0.5), p99: this.#quantile(0.99), most: this.#mostNs / 1e6 };
    return { frames: this.#frames, dropped: this.#dropped, gapMs, troubles: this.#troubles, ...this.#size };
  }

  #gap(ns: number): void {
    this.#mostNs = Math.max(this.#mostNs, ns);
    const tenth = Math.round((ns / 1e6) * tenths);
    this.#gaps.set(tenth, (this.#gaps.get(tenth) ?? 0) + 1);
  }

  #quantile(part: number): number {
    const gaps = [...this.#gaps].sort(([a], [b]) => a - b);
    const total = gaps.reduce((sum, [, count]) => sum + count, 0);
    let passed = 0;
    for (const [tenth, count] of gaps) {
      passed += count;
      if (passed >= part * total) return tenth / tenths;
    }
    return 0;
  }
}
