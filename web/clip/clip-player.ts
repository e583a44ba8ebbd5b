/**
 * ClipPlayer: one clip on a video element, fragment by fragment.
 *
 * Fetches the init segment and the fragments the plan asks for, one at a time, and appends each
 * as soon as it is there: playback starts with the first and a seek fetches what it needs. Each
 * piece passes through `open`, the place where sealed recordings will be opened in the browser,
 * which is why no address of a whole file is given to the element.
 * `update` takes newer knowledge of the same clip (a recording grows). `close` is idempotent and
 * aborts what is under way.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import { Fault } from "../../hal/fault.ts";
import { readTrack } from "../media/boxes.ts";
import { Source, supportFor } from "../media/source.ts";
import { clipPaths, getClipBytes } from "../state/api.ts";
import { isWhole, nextFragment, playableMs } from "./plan.ts";

export type ClipPhase = "loading" | "ready" | "gone" | "failed" | "undecodable";

export interface ClipPlayerOptions {
  readonly onPhase: (phase: ClipPhase) => void;
  /** How far ahead of the position to fetch. */
  readonly aheadMs?: number;
}

const defaultAheadMs = 30_000;

export class ClipPlayer {
  readonly #video: HTMLVideoElement;
  readonly #options: ClipPlayerOptions;
  readonly #abort = new AbortController();
  readonly #loaded = new Set<number>();
  #clip: Clip;
  #source: Source | null = null;
  /** Also before the init segment is there, and for ever after a failure. */
  #busy = true;
  #ended = false;

  constructor(video: HTMLVideoElement, clip: Clip, options: ClipPlayerOptions) {
    this.#video = video;
    this.#clip = clip;
    this.#options = options;
  }

  start(): void {
    const { signal } = this.#abort;
    this.#video.addEventListener("timeupdate", () => this.#step(), { signal });
    this.#video.addEventListener("seeking", () => this.#step(), { signal });
    this.#video.addEventListener("loadeddata", () => this.#options.onPhase("ready"), { signal });
    this.#source = new Source(this.#video, { onBroken: () => this.#options.onPhase("failed") });
    this.#source.open();
    void this.#begin(this.#source);
  }

  update(clip: Clip): void {
    this.#clip = clip;
    this.#source?.setDuration(playableMs(clip) / 1000);
    this.#step();
  }

  close(): void {
    this.#abort.abort();
    this.#source?.close();
    this.#source = null;
  }

  async #begin(source: Source): Promise<void> {
    const init = await this.#fetch(clipPaths.init(this.#clip.id));
    if (init === null) return;
    const codec = readTrack(init)?.codec ?? this.#clip.codec;
    if (supportFor(codec) !== "ok") return this.#options.onPhase("undecodable");
    source.begin(codec);
    source.append(init);
    source.setDuration(playableMs(this.#clip) / 1000);
    this.#video.play().catch(() => {}); // without a gesture the viewer presses play
    this.#busy = false;
    this.#step();
  }

  #step(): void {
    const source = this.#source;
    if (source === null || this.#busy) return;
    const next = nextFragment({
      fragments: this.#clip.fragments,
      loaded: this.#loaded,
      positionMs: this.#video.currentTime * 1000,
      aheadMs: this.#options.aheadMs ?? defaultAheadMs,
    });
    if (next !== null) {
      this.#busy = true;
      void this.#load(source, next.index);
    } else if (!this.#ended && isWhole(this.#clip, this.#loaded)) {
      this.#ended = true;
      source.end();
    }
  }

  async #load(source: Source, index: number): Promise<void> {
    const bytes = await this.#fetch(clipPaths.fragment(this.#clip.id, index));
    if (bytes === null || source !== this.#source) return;
    this.#busy = false;
    this.#loaded.add(index);
    source.append(bytes);
    this.#step();
  }

  /** Null: closed meanwhile, or failed and said so. */
  async #fetch(path: string): Promise<Uint8Array | null> {
    try {
      const bytes = await getClipBytes(path, this.#abort.signal);
      return this.#abort.signal.aborted ? null : await open(bytes);
    } catch (error) {
      if (this.#abort.signal.aborted) return null;
      const gone = error instanceof Fault && error.kind === "not-found";
      this.#options.onPhase(gone ? "gone" : "failed");
      return null;
    }
  }
}

/** Recordings are plain until sealing comes; then this opens one file with the viewer's key. */
async function open(bytes: Uint8Array): Promise<Uint8Array> {
  return bytes;
}
