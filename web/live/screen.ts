/**
 * Screen: live units on a video element, close to now.
 *
 * Each init unit begins a new Source (a new stream may have another size or codec); units before
 * the first keyframe are left out. After every append the edge policy is asked what to do with
 * position, rate and old data; `onDelay` says how old the picture is.
 */
import type { LiveUnit } from "../../daemon/wire/live.ts";
import type { Clock } from "../../hal/sensors.ts";
import { readTrack } from "../media/boxes.ts";
import { Source, supportFor } from "../media/source.ts";
import { addMark, delayMs } from "./delay.ts";
import type { Mark } from "./delay.ts";
import { followEdge } from "./edge.ts";

export interface ScreenOptions {
  readonly clock: Clock;
  /** The stream cannot be used: start the feed again. */
  readonly onBroken: () => void;
  readonly onUnsupported: (why: "none" | "undecodable") => void;
  readonly onShape: (width: number, height: number) => void;
}

export class Screen {
  readonly #video: HTMLVideoElement;
  readonly #options: ScreenOptions;
  #source: Source | null = null;
  /** Opened ahead of its init unit. */
  #spare: Source | null = null;
  #waitingForKey = true;
  #started = false;
  #marks: Mark[] = [];
  #appendedWallMs: number[] = [];

  constructor(video: HTMLVideoElement, options: ScreenOptions) {
    this.#video = video;
    this.#options = options;
  }

  /** Gets the video element ready while the first unit is on its way. */
  open(): void {
    const source = new Source(this.#video, {
      onAppended: () => this.#appended(source),
      onBroken: this.#options.onBroken,
    });
    source.open();
    this.#spare = source;
  }

  show(unit: LiveUnit): void {
    if (unit.kind === "init") return this.#begin(unit.payload);
    if (unit.kind === "key") this.#waitingForKey = false;
    if (this.#waitingForKey || this.#source === null) return;
    this.#appendedWallMs.push(unit.wallMs);
    this.#source.append(unit.payload);
  }

  /** Age of the picture by `nowMs`, the doorbell's present time; null = unknown. */
  delayMs(nowMs: number): number | null {
    return this.#started ? delayMs(this.#marks, this.#video.currentTime, nowMs) : null;
  }

  close(): void {
    this.#source?.close();
    this.#spare?.close();
    this.#source = null;
    this.#spare = null;
  }

  #begin(init: Uint8Array): void {
    const track = readTrack(init);
    if (track === null) return this.#options.onBroken();
    const support = supportFor(track.codec);
    if (support !== "ok") return this.#options.onUnsupported(support);
    this.#options.onShape(track.width, track.height);
    this.#waitingForKey = true;
    this.#started = false;
    this.#marks = [];
    this.#appendedWallMs = [];
    this.#source?.close();
    if (this.#spare === null) this.open();
    this.#source = this.#spare;
    this.#spare = null;
    this.#source?.begin(track.codec);
    this.#source?.append(init);
  }

  #appended(source: Source): void {
    const ranges = source.buffered;
    if (source !== this.#source || ranges === null || ranges.length === 0) return;
    const last = ranges.length - 1;
    const [startS, endS] = [ranges.start(last), ranges.end(last)];
    const wallMs = this.#appendedWallMs.at(-1);
    this.#appendedWallMs = [];
    if (wallMs !== undefined) this.#marks = addMark(this.#marks, { endS, wallMs });
    this.#follow(source, startS, endS);
  }

  #follow(source: Source, startS: number, endS: number): void {
    const video = this.#video;
    const order = followEdge({ positionS: video.currentTime, startS, endS, rate: video.playbackRate });
    if (order.seekToS !== null) video.currentTime = order.seekToS;
    if (video.playbackRate !== order.rate) video.playbackRate = order.rate;
    if (order.removeBeforeS !== null && !source.busy) source.remove(0, order.removeBeforeS);
    if (!this.#started || video.paused) {
      this.#started = true;
      video.play().catch(() => {}); // refused in a hidden tab; the next append tries again
    }
  }
}
