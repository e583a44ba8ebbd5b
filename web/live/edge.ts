/**
 * Edge: how does playback stay close to now?
 *
 * Pure: from the position and what is buffered it says what to do with the video element.
 * A little behind = play slightly faster (nobody sees 8 %), far behind or outside the buffer =
 * jump. The old end of the buffer is thrown away in steps, so that a page left open for a week
 * holds the last seconds only. Figures are from a 15 fps camera: three frames of reserve.
 */
export interface EdgeInput {
  readonly positionS: number;
  /** The last buffered range: the one that grows. */
  readonly startS: number;
  readonly endS: number;
  /** Rate in use, so that catching up does not flicker on and off. */
  readonly rate: number;
}

export interface EdgeOrder {
  readonly rate: number;
  /** null: stay. */
  readonly seekToS: number | null;
  /** Everything before this may go; null: keep. */
  readonly removeBeforeS: number | null;
}

/** Where playback wants to be: this far before the newest frame. */
export const reserveS = 0.2;
/** Past this, playback speeds up until the reserve is reached again. */
export const catchUpS = 0.5;
/** Past this, it jumps. */
export const jumpS = 1.5;
const keepS = 10;
const removeStepS = 10;
const slightly = 1.08;
const clearly = 1.25;

function rateFor(behindS: number, rate: number): number {
  if (behindS > 2 * catchUpS) return clearly;
  if (behindS > catchUpS) return Math.max(slightly, rate);
  if (behindS > reserveS && rate > 1) return slightly;
  return 1;
}

export function followEdge(input: EdgeInput): EdgeOrder {
  const { positionS, startS, endS } = input;
  const target = Math.max(startS, endS - reserveS);
  const removeBeforeS = positionS - startS > keepS + removeStepS ? positionS - keepS : null;
  const outside = positionS < startS || positionS > endS + reserveS;
  if (outside || endS - positionS > jumpS) return { rate: 1, seekToS: target, removeBeforeS: null };
  return { rate: rateFor(endS - positionS, input.rate), seekToS: null, removeBeforeS };
}
