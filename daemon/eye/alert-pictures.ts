/**
 * Alert pictures: one small masked picture with an alert, for the channels that the signed policy lets.
 *
 * The eye asks the policy in force itself, before the frame is taken and again before the picture is told: the
 * keeper's word is no permission. Never of a picture in which nothing may be seen, nor of one that was being made when what
 * may be seen changed. A sight that is closed may be about to open: who rings then is shown as soon as it has. One at a
 * time; larger than `mostPictureBytes` is made anew of the next frame, smaller.
 */
import type { JpegEncoder } from "../../hal/encoder.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Policy } from "../policy/policy.ts";
import {
  longestPicturePx,
  mostPictureBytes,
  type PictureAnswer,
  type PictureChannel,
  type PictureWanted,
} from "../wire/alert-picture.ts";
import { sightClosed } from "./sight-closed.ts";
import type { Stage } from "./stages.ts";
import { toldFault } from "./told-fault.ts";

/** Later it would show another scene. */
const patienceMs = 5_000;
const sizesPx = [longestPicturePx, 480, 320] as const;

export interface AlertPicturesOptions {
  readonly clock: Clock;
  /** in = wanted, out = told, dropped = refused. */
  readonly stage: Stage;
  /** In force now; null = none. */
  readonly policy: () => Pick<Policy, "publish"> | null;
  /** Part of the picture that is visible now. */
  readonly visibleFrac: () => number;
  readonly closed: () => boolean;
  readonly jpeg: () => JpegEncoder | null;
  readonly report: (answer: PictureAnswer) => void;
}

interface Wanted {
  readonly event: string;
  readonly channels: readonly PictureChannel[];
  readonly cancel: () => void;
  size: number;
}

export class AlertPictures {
  readonly #options: AlertPicturesOptions;
  #wanted: Wanted | null = null;
  #isBusy = false;
  /** How often what may be seen has changed. */
  #changes = 0;

  constructor(options: AlertPicturesOptions) {
    this.#options = options;
  }

  want({ event, channels }: PictureWanted): void {
    const { stage, clock } = this.#options;
    stage.in += 1;
    try {
      this.#letOf(channels);
      if (this.#wanted !== null || this.#isBusy)
        throw new Fault("exhausted", "another picture for an alert is being made");
    } catch (error) {
      return this.#refuse(event, toFault(error));
    }
    const cancel = clock.after(patienceMs, () => {
      this.#wanted = null;
      const late = new Fault("unavailable", "the camera gave no picture in time for the alert");
      this.#refuse(event, this.#options.closed() ? sightClosed() : late);
    });
    this.#wanted = { event, channels, cancel, size: 0 };
  }

  /** What may be seen has changed, or nobody may see any more: a picture of before is not told. */
  outdate(): void {
    this.#changes += 1;
  }

  handleMasked(frame: MaskedFrame): void {
    const wanted = this.#wanted;
    if (wanted === null || this.#isBusy) return;
    this.#isBusy = true;
    void this.#make(wanted, frame)
      .catch((error: unknown) => {
        if (this.#wanted === wanted) this.#end(wanted, toFault(error));
      })
      .finally(() => (this.#isBusy = false));
  }

  async #make(wanted: Wanted, frame: MaskedFrame): Promise<void> {
    const { jpeg, stage, report } = this.#options;
    this.#checkLet(wanted.channels);
    if (this.#options.visibleFrac() === 0) throw new Fault("denied", "everything is masked");
    const encoder = jpeg();
    if (encoder === null) throw new Fault("unavailable", "there is no JPEG encoder");
    const changes = this.#changes;
    const bytes = await encoder.encode(frame, sizesPx[wanted.size] ?? longestPicturePx); // takes the pixels first
    if (this.#wanted !== wanted) return; // too late
    if (changes !== this.#changes)
      throw new Fault("unavailable", "what may be seen changed while the picture was made");
    const channels = this.#checkLet(wanted.channels);
    if (bytes.length > mostPictureBytes) {
      wanted.size += 1;
      if (wanted.size < sizesPx.length) return; // the next frame, smaller
      throw new Fault("exhausted", `a picture of ${bytes.length} bytes is longer than ${mostPictureBytes}`);
    }
    wanted.cancel();
    this.#wanted = null;
    stage.out += 1;
    report({
      type: "picture-made",
      event: wanted.event,
      channels: [...channels],
      jpeg: Buffer.from(bytes).toString("base64"),
    });
  }

  /** As `#letOf`; throws Fault when nothing may be seen, too. */
  #checkLet(channels: readonly PictureChannel[]): readonly PictureChannel[] {
    if (this.#options.closed()) throw sightClosed();
    return this.#letOf(channels);
  }

  /** Those that the policy in force lets; throws Fault when none is. */
  #letOf(channels: readonly PictureChannel[]): readonly PictureChannel[] {
    const publish = this.#options.policy()?.publish ?? {};
    const allowed = channels.filter((channel) => publish[channel] === true);
    if (allowed.length === 0)
      throw new Fault("denied", `no owner has signed that a picture may go to ${channels.join(" or ")}`);
    return allowed;
  }

  #end(wanted: Wanted, fault: Fault): void {
    wanted.cancel();
    this.#wanted = null;
    this.#refuse(wanted.event, fault);
  }

  #refuse(event: string, fault: Fault): void {
    const { stage, report } = this.#options;
    stage.dropped += 1;
    stage.lastError = fault.message;
    report({ type: "picture-refused", event, fault: toldFault(fault) });
  }
}
