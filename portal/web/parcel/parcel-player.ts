/**
 * ParcelPlayer: one recording of a parcel on a video element, piece by piece, gaps closed.
 *
 * As the doorbell's player (web/clip/clip-player.ts), whose plan says which piece is next; here the pieces come out
 * of the sealed bytes at hand and are moved in time to lie one after another. `close` is idempotent.
 */
import { toFault } from "../../../hal/fault.ts";
import { nextFragment } from "../../../web/clip/plan.ts";
import { readTrack } from "../../../web/media/boxes.ts";
import { Source, supportFor } from "../../../web/media/source.ts";
import type { OpenedParcel } from "./opened.ts";
import type { ParcelClip } from "./parcel.ts";
import { timelineOf, type Piece, type Timeline } from "./timeline.ts";

export type PlayerPhase = "loading" | "ready" | "failed" | "undecodable";

const aheadMs = 30_000;

export class ParcelPlayer {
  readonly #video: HTMLVideoElement;
  readonly #parcel: OpenedParcel;
  readonly #clip: ParcelClip;
  readonly #timeline: Timeline;
  readonly #onPhase: (phase: PlayerPhase) => void;
  readonly #abort = new AbortController();
  readonly #loaded = new Set<number>();
  #source: Source | null = null;
  #busy = true;
  #ended = false;

  constructor(
    video: HTMLVideoElement,
    { parcel, clip }: { readonly parcel: OpenedParcel; readonly clip: ParcelClip },
    onPhase: (phase: PlayerPhase) => void,
  ) {
    this.#video = video;
    this.#parcel = parcel;
    this.#clip = clip;
    this.#timeline = timelineOf(clip.clip);
    this.#onPhase = onPhase;
  }

  start(): void {
    const { signal } = this.#abort;
    for (const name of ["timeupdate", "seeking"])
      this.#video.addEventListener(name, () => void this.#step(), { signal });
    this.#video.addEventListener("loadeddata", () => this.#onPhase("ready"), { signal });
    this.#source = new Source(this.#video, { onBroken: () => this.#onPhase("failed") });
    this.#source.open();
    void this.#begin(this.#source);
  }

  close(): void {
    this.#abort.abort();
    this.#source?.close();
    this.#source = null;
  }

  async #begin(source: Source): Promise<void> {
    const init = await this.#opened(() => this.#parcel.open(this.#clip.init));
    if (init === null) return;
    const codec = readTrack(init)?.codec ?? this.#clip.clip.codec;
    if (supportFor(codec) !== "ok") return this.#onPhase("undecodable");
    source.begin(codec);
    source.append(init, (this.#timeline.pieces[0]?.offsetMs ?? 0) / 1000);
    source.setDuration(this.#timeline.totalMs / 1000);
    this.#busy = false;
    await this.#step();
  }

  async #step(): Promise<void> {
    const source = this.#source;
    if (source === null || this.#busy) return;
    const { pieces } = this.#timeline;
    const positionMs = this.#video.currentTime * 1000;
    const next = nextFragment({
      fragments: pieces.map((piece) => ({ ...piece, bytes: 0, sha256: "" })),
      loaded: this.#loaded,
      positionMs,
      aheadMs,
    });
    const piece = pieces.find(({ index }) => index === next?.index);
    if (piece !== undefined) return this.#load(source, piece);
    if (this.#ended || this.#loaded.size < pieces.length) return;
    this.#ended = true;
    source.end();
  }

  async #load(source: Source, { index, offsetMs }: Piece): Promise<void> {
    const file = this.#clip.fragments[index];
    if (file === undefined) return;
    this.#busy = true;
    const bytes = await this.#opened(() => this.#parcel.open(file));
    if (bytes === null || source !== this.#source) return;
    this.#busy = false;
    this.#loaded.add(index);
    source.append(bytes, offsetMs / 1000);
    await this.#step();
  }

  /** Null: closed meanwhile, or failed and said so. */
  async #opened(open: () => Promise<Uint8Array>): Promise<Uint8Array | null> {
    try {
      const bytes = await open();
      return this.#abort.signal.aborted ? null : bytes;
    } catch (error) {
      if (!this.#abort.signal.aborted && toFault(error).kind !== "cancelled") this.#onPhase("failed");
      return null;
    }
  }
}
