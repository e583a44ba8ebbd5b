/**
 * Pace: is the next frame of a video early, due or too late?
 *
 * Pure. A recorded video that stands for a live camera keeps to its own times. A reader that is a
 * little behind gets every frame at once, as out of a camera's queue; one that is further behind
 * loses the frames in between; one that cannot catch up by losing frames makes the video play
 * slower (`slip`) instead of losing everything.
 */
export interface PaceInput {
  /** How long after its due time the frame is looked at; negative = early. */
  readonly lateMs: number;
  /** Distance from frame to frame. */
  readonly frameMs: number;
  readonly droppedInRow: number;
}

export type Pace =
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "show" }
  | { readonly do: "drop" }
  /** Show it, and count the video's time anew from here. */
  | { readonly do: "slip" };

/** As many frames as a camera driver would hold for a slow reader. */
const queuedFrames = 3;
const longestDropMs = 2_000;

export function pace({ lateMs, frameMs, droppedInRow }: PaceInput): Pace {
  if (lateMs < 0) return { do: "wait", ms: -lateMs };
  if (lateMs <= queuedFrames * frameMs) return { do: "show" };
  return droppedInRow * frameMs < longestDropMs ? { do: "drop" } : { do: "slip" };
}
