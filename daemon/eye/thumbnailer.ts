/**
 * Thumbnailer: one small picture per clip, of the moment and again a second later.
 *
 * The second look replaces the first: who sets off motion at the edge of the picture is in it by
 * then. A thumbnail that fails is counted and missed by nobody but the eye of the reader.
 */
import type { JpegEncoder } from "../../hal/encoder.ts";
import { toFault } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import type { Stage } from "./stages.ts";

const longestPx = 480;
const secondLookUs = 1_000_000;

export interface ThumbnailerOptions {
  readonly jpeg: JpegEncoder;
  readonly stage: Stage;
  readonly deliver: (clip: string, jpeg: Uint8Array) => void;
}

export class Thumbnailer {
  readonly #options: ThumbnailerOptions;
  #clip: string | null = null;
  #looksUs: number[] = [];
  #pending: Promise<unknown> = Promise.resolve();

  constructor(options: ThumbnailerOptions) {
    this.#options = options;
  }

  begin(clip: string, atUs: number): void {
    this.#clip = clip;
    this.#looksUs = [atUs, atUs + secondLookUs];
  }

  handle(frame: MaskedFrame): void {
    const dueUs = this.#looksUs[0];
    const clip = this.#clip;
    if (clip === null || dueUs === undefined || frame.ptsUs < dueUs) return;
    this.#looksUs.shift();
    const { jpeg, stage, deliver } = this.#options;
    const done = jpeg
      .encode(frame, longestPx)
      .then((bytes) => deliver(clip, bytes))
      .catch((error: unknown) => {
        stage.dropped += 1;
        stage.lastError = toFault(error, "thumbnail").message;
      });
    this.#pending = Promise.all([this.#pending, done]).then(() => {}); // values would nest for ever
  }

  async idle(): Promise<void> {
    await this.#pending;
  }
}
