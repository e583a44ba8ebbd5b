/**
 * Trace pictures: a few masked frames a second for who records a trace, small and sealed.
 *
 * Off, it costs nothing. What was being made when what may be seen changed is not handed on, nor what nobody
 * could open. One picture at a time; one that comes too early for the last, or is too long, is counted as dropped.
 */
import type { JpegEncoder } from "../../hal/encoder.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import { maxPictureBytes } from "../../hal/trace/pictures.ts";
import type { Recipient } from "../seal/age/keys.ts";
import { seal } from "../seal/age/seal.ts";
import type { EyeToKeeper } from "../wire/messages.ts";
import type { Stage } from "./stages.ts";

const longestPx = 640;

export interface TracePicturesOptions {
  /** in = frames that were due, out = told, dropped = not. */
  readonly stage: Stage;
  readonly viewers: () => readonly Recipient[];
  readonly jpeg: () => JpegEncoder | null;
  readonly report: (picture: Extract<EyeToKeeper, { type: "frame-picture" }>) => void;
}

export class TracePictures {
  readonly #options: TracePicturesOptions;
  /** Null = nobody asks. */
  #everyUs: number | null = null;
  #lastUs = -Infinity;
  #busy = false;
  /** How often what may be seen, or who asks, has changed. */
  #changes = 0;

  constructor(options: TracePicturesOptions) {
    this.#options = options;
  }

  /** 0 = nobody asks any more. */
  turn(perSecond: number): void {
    if (perSecond === 0) this.#changes += 1;
    this.#everyUs = perSecond === 0 ? null : 1e6 / perSecond;
  }

  /** What may be seen has changed: a picture of before that is being made is not told. */
  outdate(): void {
    this.#changes += 1;
  }

  handleMasked(frame: MaskedFrame): void {
    if (this.#everyUs === null) return;
    const sinceUs = frame.ptsUs - this.#lastUs;
    if (sinceUs >= 0 && sinceUs < this.#everyUs) return; // times begin anew with each camera
    this.#lastUs = frame.ptsUs;
    const { stage } = this.#options;
    stage.in += 1;
    if (this.#busy) return void (stage.dropped += 1);
    this.#busy = true;
    void this.#tell(frame);
  }

  async #tell(frame: MaskedFrame): Promise<void> {
    const { stage, report } = this.#options;
    const { sequence } = frame;
    const ns = String(process.hrtime.bigint());
    try {
      const sealed = await this.#sealed(frame);
      report({ type: "frame-picture", ns, sequence, age: Buffer.from(sealed).toString("base64") });
      stage.out += 1;
    } catch (error) {
      stage.dropped += 1;
      stage.lastError = toFault(error).message;
    } finally {
      this.#busy = false;
    }
  }

  async #sealed(frame: MaskedFrame): Promise<Uint8Array> {
    const { jpeg, viewers } = this.#options;
    const encoder = jpeg();
    if (encoder === null) throw new Fault("unavailable", "there is no JPEG encoder");
    const changes = this.#changes;
    const plain = await encoder.encode(frame, longestPx); // takes the pixels before it waits
    if (changes !== this.#changes)
      throw new Fault("unavailable", "what may be seen changed while the picture was made");
    const to = viewers();
    if (to.length === 0) throw new Fault("unavailable", "nobody is enrolled who could open a picture");
    const sealed = seal(plain, to);
    if (sealed.length > maxPictureBytes)
      throw new Fault("exhausted", `a picture of ${sealed.length} bytes is longer than ${maxPictureBytes}`);
    return sealed;
  }
}
