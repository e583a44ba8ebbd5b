/**
 * Detector: who says what moved in a masked picture.
 *
 * Takes MaskedFrame and nothing else: no model ever sees a pixel from beyond the property line. The frame's
 * memory is only lent until `detect` has returned its promise (hal/frame.ts), so an implementation copies what
 * it needs before it first awaits.
 *
 * `regions` are boxes of motion in pixels of the frame. A model of the task `classify` gives one Found
 * for each of them, however unsure (who joins answers over time needs the unsure ones too); a model of the task `detect` looks at the whole picture and gives its own boxes.
 * Rejects with a Fault: `cancelled` when `signal` aborted, `unavailable` when the model is away (events go on
 * without it), `corrupt` when its numbers make no sense.
 */
import type { MaskedFrame } from "../hal/frame.ts";
import type { BoxPx } from "../hal/geometry.ts";
import type { Label } from "./labels.ts";

/** One thing in one frame. */
export interface Found {
  readonly label: Label;
  /** 0..1: how sure the model is; comparable within one model only. */
  readonly score: number;
  /** In pixels of the frame, inside it. */
  readonly box: BoxPx;
  /** classify only: how sure it is of each of our labels, in the order of `labels`; 0 = the file cannot say it. */
  readonly shares?: readonly number[];
}

export interface Detector {
  /** Of the manifest. */
  readonly name: string;
  detect(frame: MaskedFrame, regions: readonly BoxPx[], signal: AbortSignal): Promise<readonly Found[]>;
  close(): Promise<void>;
}
