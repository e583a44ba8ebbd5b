/**
 * Pace: when a broken camera gives its frames. Pure.
 */
import { chance } from "../porch/math.ts";
import type { SimFault } from "./list.ts";

/** How many frames of the porch pass for the one that comes. */
const slowEvery = 3;
/** One in so many frames is lost on the way. */
const dropEvery = 6;

export interface Beat {
  /** Frame number of the porch. */
  readonly index: number;
  /** Frames that the camera itself counts and never gives, before this one. */
  readonly lost: number;
}

export function nextBeat(fault: SimFault, index: number): Beat {
  if (fault === "slow") return { index: Math.ceil(index / slowEvery) * slowEvery, lost: 0 };
  if (fault === "dropping" && index % dropEvery === dropEvery - 1) return { index: index + 1, lost: 1 };
  return { index, lost: 0 };
}

/** In frames, less than one: a camera whose stamps wander. */
export function lateness(fault: SimFault, index: number): number {
  return fault === "jittery" ? 0.9 * chance(0x717e4, index, 1) : 0;
}
