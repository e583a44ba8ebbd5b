/**
 * NMS: of boxes that show the same thing, the surest (greedy non-maximum suppression).
 *
 * Two boxes are taken for the same when their intersection over union is larger than `iou`; of one label only,
 * unless `acrossLabels`. By our labels, so that a car that is also a truck is one vehicle.
 */
import type { Corners } from "../input/placement.ts";
import type { Candidate } from "./candidates.ts";

export interface NmsOptions {
  readonly iou: number;
  readonly acrossLabels: boolean;
  readonly most: number;
}

/** `candidates` are the surest first, and so is what stays. */
export function suppress(
  candidates: readonly Candidate[],
  { iou, acrossLabels, most }: NmsOptions,
): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (kept.length >= most) break;
    const same = kept.some(
      (other) =>
        (acrossLabels || other.label === candidate.label) &&
        overlapOf(other.corners, candidate.corners) > iou,
    );
    if (!same) kept.push(candidate);
  }
  return kept;
}

/** Intersection over union, 0..1. */
export function overlapOf(a: Corners, b: Corners): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (areaOf(a) + areaOf(b) - shared);
}

function areaOf([left, top, right, bottom]: Corners): number {
  return (right - left) * (bottom - top);
}
