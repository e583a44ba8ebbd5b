/**
 * Recorder: carries out what the event machine decided, with the pre-roll at hand.
 *
 * Encoded units arrive a little after the frames they were made of, decisions at once. So a clip
 * waits for its first unit before it opens, and stays open after "close at t" until a unit past t
 * came: its bytes depend on media times alone, not on how fast the encoder was. A clip that nobody
 * could open is not begun: it counts as one dropped job of the disk queue.
 */
import type { EncodedUnit, Encoder } from "../../../hal/encoder.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Recipient } from "../../seal/age/keys.ts";
import { noViewers } from "../../seal/write.ts";
import type { EyeToKeeper } from "../../wire/messages.ts";
import type { PictureName } from "../../wire/paths.ts";
import { ClipRecording, type ManifestEvent } from "./clip.ts";
import type { DiskQueue } from "./disk-queue.ts";
import type { Preroll } from "./preroll.ts";

export interface RecorderOptions {
  readonly size: FrameGeometry;
  readonly encoder: Pick<Encoder, "config">;
  readonly preroll: Preroll;
  readonly queue: DiskQueue;
  /** Whom a file is sealed to that is written now. */
  readonly viewers: () => readonly Recipient[];
  readonly folderOf: (clip: string, startWallMs: number) => string;
  /** Wall time of a media time. */
  readonly wallMsAt: (ptsUs: number) => number;
  readonly report: (message: EyeToKeeper) => void;
}

interface Opening {
  readonly clip: string;
  readonly atUs: number;
  readonly events: ManifestEvent[];
  thumbnail: Uint8Array | null;
}

/** A picture of an event comes so much later at most: between, somebody may ring once or twice. */
const mostPast = 3;

export class Recorder {
  readonly #options: RecorderOptions;
  #opening: Opening | null = null;
  #recording: ClipRecording | null = null;
  /** Over, the latest first. */
  #past: readonly ClipRecording[] = [];
  #clip: string | null = null;
  #closing: { readonly atUs: number; readonly reason: string } | null = null;
  #recordedUntilUs = -Infinity;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** The clip that is being recorded, or waits for its first unit. */
  get clip(): string | null {
    return this.#closing === null ? this.#clip : null;
  }

  open(clip: string, event: ManifestEvent, atUs: number): void {
    this.#finish();
    this.#clip = clip;
    this.#opening = { clip, atUs, events: [event], thumbnail: null };
    this.#tryOpen();
  }

  join(event: ManifestEvent): void {
    this.#opening?.events.push(event);
    this.#recording?.join(event);
  }

  thumbnail(clip: string, jpeg: Uint8Array): void {
    if (clip !== this.#clip) return;
    if (this.#opening !== null) this.#opening.thumbnail = jpeg;
    this.#recording?.thumbnail(jpeg);
  }

  /** Into the newest clip that shows the event, also when that is over: what a thing is may be known then. None: dropped. */
  picture(event: string, name: PictureName, jpeg: Uint8Array): void {
    const now = this.#recording === null ? [] : [this.#recording];
    [...now, ...this.#past].find((clip) => clip.shows(event))?.picture(name, jpeg);
  }

  /** The unit must already be in the pre-roll. */
  push(unit: EncodedUnit): void {
    if (this.#opening !== null) return this.#tryOpen();
    if (this.#recording === null) return;
    if (this.#closing !== null && unit.ptsUs > this.#closing.atUs) return this.#finish();
    this.#recording.push(unit);
    this.#recordedUntilUs = unit.ptsUs;
  }

  close(atUs: number, reason: string): void {
    this.#closing = { atUs, reason };
  }

  /** No unit will come any more: close what is open. */
  end(reason: string): void {
    this.#closing ??= { atUs: Infinity, reason };
    this.#finish();
  }

  #tryOpen(): void {
    const { encoder, preroll, size, queue, viewers, report } = this.#options;
    const opening = this.#opening;
    if (opening === null || encoder.config === null) return;
    const units = preroll.since(opening.atUs, this.#recordedUntilUs);
    const first = units[0];
    if (first === undefined) return;
    if (viewers().length === 0) return this.#refuse();
    const startWallMs = Math.round(this.#options.wallMsAt(first.ptsUs));
    this.#opening = null;
    this.#recording = new ClipRecording({
      clip: opening.clip,
      folder: this.#options.folderOf(opening.clip, startWallMs),
      size,
      config: encoder.config,
      startUs: first.ptsUs,
      startWallMs,
      events: opening.events,
      queue,
      viewers,
      report,
    });
    if (opening.thumbnail !== null) this.#recording.thumbnail(opening.thumbnail);
    for (const unit of units) this.push(unit);
  }

  #refuse(): void {
    this.#opening = null;
    this.#clip = null;
    this.#options.queue.refuse(noViewers());
  }

  #finish(): void {
    this.#recording?.close(this.#closing?.reason ?? "stopped");
    if (this.#recording !== null) this.#past = [this.#recording, ...this.#past].slice(0, mostPast);
    this.#recording = null;
    this.#opening = null;
    this.#closing = null;
    this.#clip = null;
  }
}
