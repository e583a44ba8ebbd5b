/**
 * ClipPlayer: one clip on a video element, fragment by fragment.
 *
 * Fetches the init segment together with the first fragment that is wanted, then one at a time
 * what the plan asks for, and appends each as soon as it is there: playback starts with the first
 * and a seek fetches what it needs. Each piece is opened with the viewer's key on its way, which
 * is why no address of a whole file is given to the element.
 * `update` takes newer knowledge of the same clip (a recording grows). `close` is idempotent and
 * aborts what is under way.
 */
import type { Clip } from "../../daemon/wire/api.ts";
import { Fault, type FaultKind } from "../../hal/fault.ts";
import { readTrack } from "../media/boxes.ts";
import { Source, supportFor } from "../media/source.ts";
import { clipPaths, getClipBytes } from "../state/api.ts";
import { isWhole, nextFragment, playableMs, type Fragment } from "./plan.ts";

export type ClipPhase = "loading" | "ready" | "gone" | "denied" | "corrupt" | "failed" | "undecodable";

export interface ClipPlayerOptions {
  readonly onPhase: (phase: ClipPhase) => void;
  /** How far ahead of the position to fetch. */
  readonly aheadMs?: number;
  /** Where it begins; default: where the element is put before it is loaded. */
  readonly fromMs?: number;
  /** False: it waits for somebody to press play. */
  readonly autoplay?: boolean;
  /** An opened file of the clip; default: fetched from the doorbell and opened. */
  readonly load?: (path: string, signal: AbortSignal) => Promise<Uint8Array>;
}

const defaultAheadMs = 30_000;
const mostGapS = 0.5;
const sameS = 0.000_5;

export class ClipPlayer {
  readonly #video: HTMLVideoElement;
  readonly #options: ClipPlayerOptions;
  readonly #abort = new AbortController();
  readonly #loaded = new Set<number>();
  #clip: Clip;
  #source: Source | null = null;
  /** On its way since before the init segment came. */
  #early: { readonly index: number; readonly bytes: Promise<Uint8Array | null> } | null = null;
  /** Also before the init segment is there, and for ever after a failure. */
  #busy = true;
  #ended = false;
  /** Where it begins, until it could be gone to. */
  #fromMs: number | null = null;

  constructor(video: HTMLVideoElement, clip: Clip, options: ClipPlayerOptions) {
    this.#video = video;
    this.#clip = clip;
    this.#options = options;
  }

  start(): void {
    const { signal } = this.#abort;
    this.#video.addEventListener("timeupdate", () => this.#step(), { signal });
    this.#video.addEventListener("seeking", () => this.#sought(), { signal });
    for (const name of ["durationchange", "loadedmetadata"])
      this.#video.addEventListener(name, () => this.#goToStart(), { signal });
    this.#video.addEventListener("loadeddata", () => this.#shown(), { signal });
    this.#source = new Source(this.#video, {
      onBroken: () => this.#options.onPhase("failed"),
      onAppended: () => this.#stepOverGap(),
    });
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
    const coming = this.#fetch(clipPaths.init(this.#clip.id));
    await Promise.resolve(); // whoever opened the player says first where it begins
    this.#fromMs = this.#options.fromMs ?? this.#video.currentTime * 1000;
    this.#fetchEarly();
    const init = await coming;
    if (init === null) return;
    const codec = readTrack(init)?.codec ?? this.#clip.codec;
    if (supportFor(codec) !== "ok") return this.#options.onPhase("undecodable");
    source.begin(codec);
    source.append(init);
    source.setDuration(playableMs(this.#clip) / 1000);
    // without a gesture the viewer presses play
    if (this.#options.autoplay !== false) this.#video.play().catch(() => {});
    this.#busy = false;
    this.#step();
  }

  #step(): void {
    const source = this.#source;
    if (source === null || this.#busy) return;
    const next = this.#next();
    if (next !== null) {
      this.#busy = true;
      void this.#load(source, next.index);
    } else if (!this.#ended && isWhole(this.#clip, this.#loaded)) {
      this.#ended = true;
      source.end();
    }
  }

  #sought(): void {
    this.#stepOverGap();
    this.#step();
  }

  #shown(): void {
    this.#fromMs = null;
    this.#options.onPhase("ready");
  }

  #positionMs(): number {
    return this.#fromMs ?? this.#video.currentTime * 1000;
  }

  /**
   * Asked again whenever something has changed, until there is a picture: a recording whose length is not known
   * cannot be sought in, and browsers forget what was asked of them before.
   */
  #goToStart(): void {
    if (this.#fromMs === null || !Number.isFinite(this.#video.duration)) return;
    const wanted = this.#fromMs / 1000;
    const at = this.#nextPictureS(wanted) ?? wanted;
    // the element counts whole microseconds: asked to the last bit it would be sent there for ever, and never arrive
    if (Math.abs(this.#video.currentTime - at) > sameS) this.#video.currentTime = at;
  }

  /** A piece may begin a frame later than its clip says: with nothing before it, playback would wait there. */
  #stepOverGap(): void {
    if (this.#fromMs !== null) return this.#goToStart();
    const at = this.#video.currentTime;
    const next = this.#nextPictureS(at);
    if (next !== null && next !== at) this.#video.currentTime = next;
  }

  /** Where there is a picture at this time or right after it; null = nowhere near. */
  #nextPictureS(at: number): number | null {
    const ranges = this.#source?.buffered ?? null;
    for (let i = 0; i < (ranges?.length ?? 0); i += 1) {
      const startS = ranges?.start(i) ?? 0;
      if (startS <= at && at < (ranges?.end(i) ?? 0)) return at;
      if (startS > at && startS - at < mostGapS) return startS + 0.001;
    }
    return null;
  }

  #next(): Fragment | null {
    return nextFragment({
      fragments: this.#clip.fragments,
      loaded: this.#loaded,
      positionMs: this.#positionMs(),
      aheadMs: this.#options.aheadMs ?? defaultAheadMs,
    });
  }

  #fetchEarly(): void {
    const next = this.#next();
    if (next === null || this.#abort.signal.aborted) return;
    this.#early = { index: next.index, bytes: this.#fetchFragment(next.index) };
  }

  async #fetchFragment(index: number): Promise<Uint8Array | null> {
    return this.#fetch(clipPaths.fragment(this.#clip.id, index));
  }

  async #load(source: Source, index: number): Promise<void> {
    const early = this.#early?.index === index ? this.#early.bytes : null;
    this.#early = null;
    const bytes = await (early ?? this.#fetchFragment(index));
    if (bytes === null || source !== this.#source) return;
    this.#busy = false;
    this.#loaded.add(index);
    source.append(bytes);
    this.#step();
  }

  /** Null: closed meanwhile, or failed and said so. */
  async #fetch(path: string): Promise<Uint8Array | null> {
    const load = this.#options.load ?? getClipBytes;
    try {
      const bytes = await load(path, this.#abort.signal);
      return this.#abort.signal.aborted ? null : bytes;
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#options.onPhase(phaseOf(error));
      return null;
    }
  }
}

const phases: Partial<Record<FaultKind, ClipPhase>> = {
  "not-found": "gone",
  denied: "denied",
  corrupt: "corrupt",
};

/** What the viewer is told of a piece that did not come. */
export function phaseOf(error: unknown): ClipPhase {
  return (error instanceof Fault ? phases[error.kind] : undefined) ?? "failed";
}
