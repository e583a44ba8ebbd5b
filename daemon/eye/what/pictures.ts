/**
 * Pictures of a parcel: how the place looked before somebody came, and how it looks now. Masked, small, sealed in the clip.
 *
 * While nothing happens, one small picture is kept in memory and renewed now and then: it is the one of before. It
 * is forgotten with the pipeline, so that no picture was made under another mask than the clip's.
 */
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { toFault } from "../../../hal/fault.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { ParcelTold } from "../../sight/what/parcels.ts";
import type { PictureName } from "../../wire/paths.ts";
import type { Stage } from "../stages.ts";

const longestPx = 640;
const renewUs = 20_000_000;

type ParcelKind = ParcelTold["kind"];

export interface ParcelPicturesOptions {
  readonly jpeg: JpegEncoder;
  readonly stage: Stage;
  /** Into the clip that shows the event. */
  readonly deliver: (event: string, name: PictureName, jpeg: Uint8Array) => void;
}

export class ParcelPictures {
  readonly #options: ParcelPicturesOptions;
  #before: Uint8Array | null = null;
  #beforeUs = -Infinity;
  #due: { readonly event: string; readonly kind: ParcelKind; readonly before: Uint8Array | null }[] = [];
  #pending: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(options: ParcelPicturesOptions) {
    this.#options = options;
  }

  /** Nothing happens, and nothing did for a while. */
  rest(frame: MaskedFrame): void {
    if (frame.ptsUs - this.#beforeUs < renewUs) return;
    this.#beforeUs = frame.ptsUs;
    this.#make(frame, (bytes) => (this.#before = bytes));
  }

  /** A parcel was told, of that event; the picture of now is made of the next frame. */
  told(event: string, kind: ParcelKind): void {
    if (this.#due.every((one) => one.kind !== kind)) this.#due.push({ event, kind, before: this.#before });
  }

  frame(frame: MaskedFrame): void {
    for (const { event, kind, before } of this.#due.splice(0)) {
      if (before !== null) this.#options.deliver(event, `${kind}-before`, before);
      this.#make(frame, (after) => this.#options.deliver(event, `${kind}-after`, after));
    }
  }

  async idle(): Promise<void> {
    await this.#pending;
  }

  end(): void {
    this.#ended = true;
    this.#due = [];
    this.#before = null;
  }

  #make(frame: MaskedFrame, take: (bytes: Uint8Array) => void): void {
    const { jpeg, stage } = this.#options;
    const done = jpeg
      .encode(frame, longestPx) // takes the pixels first
      .then((bytes) => {
        if (!this.#ended) take(bytes);
      })
      .catch((error: unknown) => {
        stage.lastError = toFault(error, "picture of a parcel").message;
      });
    this.#pending = Promise.all([this.#pending, done]).then(() => {}); // values would nest for ever
  }
}
