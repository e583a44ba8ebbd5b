/**
 * Watcher: a motion detector that is shown frames, ours or a peer.
 */
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../../daemon/policy/opening.ts";

/** The frames that are about to be shown. */
export interface Showing extends FrameGeometry {
  readonly fps: number;
  /** The privacy mask's opening. */
  readonly visible: PlaneSpans;
}

export interface Shown {
  /** Lent. */
  readonly frame: MaskedFrame;
  /** The same picture as bytes: I420 without padding. Nobody writes to it again. */
  readonly bytes: Buffer;
}

export interface Watched {
  /** What was seen in each frame: 0 or 1, or for `blobs` the largest one's share of the picture. */
  readonly evidence: readonly number[];
  /** CPU per frame, decoded picture to decision; NaN when too few were shown. */
  readonly frameMs: number;
}

export interface Watching {
  /** Resolves when the next may come. */
  show(shown: Shown): Promise<void>;
  end(): Promise<Watched>;
}

export interface Watcher {
  readonly name: string;
  /** True: takes `frame` and never looks at `bytes`. */
  readonly inProcess: boolean;
  /** True: evidence is the size of a blob, and what is motion is chosen later (choose.ts). */
  readonly blobs: boolean;
  open(showing: Showing): Watching;
}
