/**
 * Source: a MediaSource with one video buffer, attached to a video element.
 *
 * Appends and removals are done one after another in the order asked for; bytes that wait are
 * joined into one append; `offsetS` moves what is appended in time, to close a gap.
 * On an iPhone it is ManagedMediaSource, the same thing by another name.
 * `open` attaches it before the codec is known (that takes the browser a moment, in which the
 * first bytes may still be on their way); `begin` names the codec, once, before it can take bytes.
 * Contract: `append` never throws; a broken stream calls `onBroken` once and the source is then
 * useless (open a new one). `close` detaches the element and is idempotent.
 */
type SourceMaker = new () => MediaSource;

interface MaybeManaged {
  readonly ManagedMediaSource?: SourceMaker & typeof MediaSource;
}

function sourceMaker(): (SourceMaker & typeof MediaSource) | null {
  const managed = (globalThis as MaybeManaged).ManagedMediaSource;
  return globalThis.MediaSource ?? managed ?? null;
}

/** "none" = no Media Source at all, "undecodable" = not this codec. */
export function supportFor(codec: string): "ok" | "none" | "undecodable" {
  const maker = sourceMaker();
  if (maker === null) return "none";
  return maker.isTypeSupported(mimeOf(codec)) ? "ok" : "undecodable";
}

export function canPlay(): boolean {
  return sourceMaker() !== null;
}

const mimeOf = (codec: string): string => `video/mp4; codecs="${codec}"`;

export interface SourceOptions {
  /** After every finished append: the buffer has grown. */
  readonly onAppended?: () => void;
  readonly onBroken: () => void;
}

type Task =
  | { readonly kind: "remove"; readonly fromS: number; readonly toS: number }
  | { readonly kind: "end" };

interface Waiting {
  readonly bytes: Uint8Array;
  readonly offsetS: number;
}

export class Source {
  readonly #video: HTMLVideoElement;
  readonly #options: SourceOptions;
  #media: MediaSource | null = null;
  #buffer: SourceBuffer | null = null;
  #url = "";
  #codec: string | null = null;
  #waiting: Waiting[] = [];
  #tasks: Task[] = [];
  #appending = false;
  #durationS: number | null = null;

  constructor(video: HTMLVideoElement, options: SourceOptions) {
    this.#video = video;
    this.#options = options;
  }

  open(): void {
    const Maker = sourceMaker();
    if (Maker === null) return this.#break();
    const media = new Maker();
    this.#media = media;
    this.#video.disableRemotePlayback = true;
    this.#url = URL.createObjectURL(media);
    media.addEventListener("sourceopen", () => this.#ready(media), { once: true });
    this.#video.src = this.#url;
  }

  begin(codec: string): void {
    this.#codec = codec;
    if (this.#media !== null) this.#ready(this.#media);
  }

  get buffered(): TimeRanges | null {
    return this.#buffer?.buffered ?? null;
  }

  /** True while an append or removal is under way or waits. */
  get busy(): boolean {
    return this.#waiting.length > 0 || this.#tasks.length > 0 || (this.#buffer?.updating ?? true);
  }

  append(bytes: Uint8Array, offsetS = 0): void {
    this.#waiting.push({ bytes, offsetS });
    this.#pump();
  }

  remove(fromS: number, toS: number): void {
    this.#tasks.push({ kind: "remove", fromS, toS });
    this.#pump();
  }

  /** The recording is complete: what is buffered is all there is. */
  end(): void {
    this.#tasks.push({ kind: "end" });
    this.#pump();
  }

  setDuration(seconds: number): void {
    this.#durationS = seconds;
    this.#pump();
  }

  close(): void {
    const media = this.#media;
    this.#media = null;
    this.#buffer = null;
    this.#waiting = [];
    this.#tasks = [];
    if (media === null) return;
    this.#video.removeAttribute("src");
    this.#video.load();
    URL.revokeObjectURL(this.#url);
  }

  #ready(media: MediaSource): void {
    if (this.#media !== media || this.#buffer !== null) return;
    if (this.#codec === null || media.readyState !== "open") return;
    try {
      const buffer = media.addSourceBuffer(mimeOf(this.#codec));
      this.#buffer = buffer;
      buffer.addEventListener("updateend", () => {
        if (this.#buffer !== buffer) return;
        const appended = this.#appending;
        this.#appending = false;
        this.#pump();
        if (appended) this.#options.onAppended?.();
      });
      buffer.addEventListener("error", () => this.#break());
      this.#pump();
    } catch {
      this.#break();
    }
  }

  #pump(): void {
    const buffer = this.#buffer;
    const media = this.#media;
    if (buffer === null || media === null || buffer.updating) return;
    try {
      this.#next(media, buffer);
    } catch {
      this.#break();
    }
  }

  #next(media: MediaSource, buffer: SourceBuffer): void {
    if (this.#durationS !== null && (media.readyState === "open" || media.duration < this.#durationS)) {
      const durationS = this.#durationS;
      this.#durationS = null;
      // without end is what a recording is that does not say how long it is
      if (!Number.isFinite(media.duration) || media.duration < durationS) media.duration = durationS;
      if (buffer.updating) return;
    }
    const [first] = this.#waiting;
    if (first !== undefined) {
      const other = this.#waiting.findIndex(({ offsetS }) => offsetS !== first.offsetS);
      const ready = this.#waiting.splice(0, other < 0 ? this.#waiting.length : other);
      const bytes = joined(ready.map((each) => each.bytes));
      if (buffer.timestampOffset !== first.offsetS) buffer.timestampOffset = first.offsetS;
      this.#appending = true;
      buffer.appendBuffer(bytes);
      return;
    }
    const task = this.#tasks.shift();
    if (task === undefined) return;
    if (task.kind === "remove") buffer.remove(task.fromS, task.toS);
    else if (media.readyState === "open") media.endOfStream();
    else this.#pump();
  }

  #break(): void {
    const alive = this.#media !== null || this.#url === "";
    this.close();
    if (alive) this.#options.onBroken();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
