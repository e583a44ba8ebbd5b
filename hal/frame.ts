/**
 * Frame: one picture, in the only pixel format that lives past a camera driver, I420.
 *
 * A frame's memory belongs to its maker and is lent: a RawFrame is valid until the camera's next
 * `read()` or `close()`, a MaskedFrame until it has been handed to the encoder. Nobody keeps a
 * view of a plane past that; who needs pixels later copies them.
 *
 * RawFrame and MaskedFrame have the same shape and different types on purpose. A MaskedFrame is
 * made in one file (daemon/eye/mask/apply.ts); motion, models, encoder, snapshot and live take
 * nothing else, so that handing an unmasked picture on does not compile.
 */

/** One plane: rows of 8-bit samples, `stride` bytes apart. Never assume stride = width. */
export interface Plane {
  readonly data: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Size and memory layout of an I420 picture; odd sizes round chroma up. */
export interface FrameGeometry {
  readonly width: number;
  readonly height: number;
}

export interface I420 extends FrameGeometry {
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

export interface FrameTiming {
  /** Media time in microseconds; grows strictly from frame to frame. */
  readonly ptsUs: number;
  /** 0, 1, 2 ... as the camera delivered them; a gap means the driver dropped frames. */
  readonly sequence: number;
}

declare const masked: unique symbol;

/** What a camera gives. Only the mask may look at it. */
export type RawFrame = I420 & FrameTiming;

/** What everybody else gets: pixels outside the privacy mask's opening are constant. */
export type MaskedFrame = I420 & FrameTiming & { readonly [masked]: true };

/** Writable picture memory that the mask fills and the encoder consumes (no second copy). */
export interface FrameMemory extends I420 {
  /** Gives the memory back unused. */
  release(): void;
}
