/**
 * PIR track: what the PIR's output was, in media time, and what it says at a frame. Pure.
 *
 * Edges come between frames and may be told late: each has its own time, and counts from the next frame on. An output
 * that is active for longer than any real sensor holds it is stuck, and is asked no more until it falls.
 */
import type { PirSays } from "./fusion.ts";

/** unknown = there is none that can be asked (lost, warming up, not trusted). */
export const pirStates = ["unknown", "quiet", "active"] as const;
export type PirState = (typeof pirStates)[number];

export interface PirTrack {
  readonly state: PirState;
  /** Since when it is so; of `unknown` it does not matter. */
  readonly sinceUs: number;
  /** It was active until then, and is not now; null = it was not. */
  readonly fellUs: number | null;
}

export const noPir: PirTrack = { state: "unknown", sinceUs: 0, fellUs: null };

/** No sensor is active for longer without a break: somebody who does not move is not seen by it. */
export const longestActiveUs = 600_000_000;

export function pirStep(track: PirTrack, state: PirState, atUs: number): PirTrack {
  if (state === track.state) return track;
  if (state === "unknown") return noPir;
  return { state, sinceUs: atUs, fellUs: track.state === "active" ? atUs : null };
}

export function pirSaysAt(track: PirTrack, ptsUs: number, windowUs: number): PirSays {
  switch (track.state) {
    case "unknown":
      return "unknown";
    case "active":
      return ptsUs - track.sinceUs > longestActiveUs ? "unknown" : "moved";
    case "quiet":
      return track.fellUs !== null && ptsUs - track.fellUs <= windowUs ? "moved" : "silent";
  }
}
