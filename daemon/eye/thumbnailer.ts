/**
 * Thumbnailer: one small picture per clip, of the moment, again a second later, and of a better moment where one is offered.
 *
 * The second look replaces the first: who sets off motion at the edge of the picture is in it by then. Better moments are
 * offered by who knows what moved (what/): only clearly better ones are taken, a few per clip and per ring in it. A
 * thumbnail that fails is counted and missed by nobody but the eye of the reader.
 */
import type { JpegEncoder } from "../../hal/encoder.ts";
import { toFault } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import { clearlyBetter } from "../sight/what/best.ts";
import type { Stage } from "./stages.ts";

const longestPx = 480;
const secondLookUs = 1_000_000;
/** Each is another file: no more than this many per clip or ring, nor sooner after one another. */
const mostBetter = 4;
const betterEveryUs = 700_000;

export interface ThumbnailerOptions {
  readonly jpeg: JpegEncoder;
  readonly stage: Stage;
  readonly deliver: (clip: string, jpeg: Uint8Array) => void;
}

export class Thumbnailer {
  readonly #options: ThumbnailerOptions;
  #clip: string | null = null;
  #looksUs: number[] = [];
  #better = { count: 0, worth: 0, atUs: -Infinity };
  #pending: Promise<unknown> = Promise.resolve();

  constructor(options: ThumbnailerOptions) {
    this.#options = options;
  }

  /** A clip, or a ring in it: who rings is the moment from here on, and what was better before is no measure for it. */
  begin(clip: string, atUs: number): void {
    this.#better = { count: 0, worth: 0, atUs: -Infinity };
    this.#clip = clip;
    this.#looksUs = [atUs, atUs + secondLookUs];
  }

  /** The clip takes no picture any more. */
  end(): void {
    this.#clip = null;
  }

  handle(frame: MaskedFrame): void {
    const dueUs = this.#looksUs[0];
    const clip = this.#clip;
    if (clip === null || dueUs === undefined || frame.ptsUs < dueUs) return;
    this.#looksUs.shift();
    this.#take(clip, frame);
  }

  /** A moment of the visit, and how good a picture it is (daemon/sight/what/best.ts). */
  offer(frame: MaskedFrame, worth: number): void {
    const { count, worth: best, atUs } = this.#better;
    const clip = this.#clip;
    if (clip === null || worth < best * clearlyBetter || count >= mostBetter) return;
    if (frame.ptsUs - atUs < betterEveryUs) return;
    this.#better = { count: count + 1, worth, atUs: frame.ptsUs };
    this.#looksUs = []; // it is better than whatever the next look would show
    this.#take(clip, frame);
  }

  async idle(): Promise<void> {
    await this.#pending;
  }

  #take(clip: string, frame: MaskedFrame): void {
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
}
