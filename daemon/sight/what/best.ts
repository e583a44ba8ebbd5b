/**
 * Best: how good a picture of a visit one moment is. Pure figures; the picture itself is the stage's.
 *
 * Large, in the middle, cut neither by the mask nor by the border, sharp, and of something that matters, as surely as it
 * can be said. A picture is only replaced by one that is clearly better, so that the same few are enough.
 */
import type { Label } from "../../../models/labels.ts";
import { areaOf, middleOf, type Box } from "./box.ts";
import type { Believed } from "./belief.ts";
import type { Edge } from "./edge.ts";

/** So much better, or it is not worth another file. */
export const clearlyBetter = 1.25;

/** What people want to see first. */
const matters: Readonly<Record<Label, number>> = {
  person: 1,
  parcel: 0.8,
  vehicle: 0.7,
  animal: 0.6,
  other: 0.15,
};
/** Undecided: it may be anybody. */
const mattersUnknown = 0.4;
/** Larger than this part of the picture is no better; far larger is a jacket. */
const largeEnough = 0.18;
const tooLarge = 0.6;
const cut = { line: 0.8, sides: 0.65, top: 0.55, low: 0.9 } as const;
const touches = 0.006;

export interface Moment {
  readonly box: Box;
  /** null = not decided. */
  readonly what: Believed | null;
  /** 0..1 (sharpness of the pixels in the box). */
  readonly sharp: number;
}

/** 0..1. */
export function pictureWorth({ box, what, sharp }: Moment, edge: Edge): number {
  const label = what === null ? mattersUnknown : matters[what.label] * (0.5 + 0.5 * what.score);
  return label * sizeWorth(areaOf(box)) * placeWorth(box) * cutWorth(box, edge) * (0.6 + 0.4 * sharp);
}

function sizeWorth(area: number): number {
  if (area > tooLarge) return 0.6;
  return Math.sqrt(Math.min(1, Math.max(0, area) / largeEnough));
}

function placeWorth(box: Box): number {
  const [x] = middleOf(box);
  return 1 - 0.4 * Math.min(1, Math.abs(x - 0.5) * 2);
}

function cutWorth(box: Box, edge: Edge): number {
  const [x, y, w, h] = box;
  const sides = x <= touches || x + w >= 1 - touches ? cut.sides : 1;
  const top = y <= touches ? cut.top : 1;
  const low = y + h >= 1 - touches ? cut.low : 1;
  const line = edge.lineDistance(box) <= touches ? cut.line : 1;
  return sides * top * low * line;
}
