/**
 * Clusters: events that would stand on top of each other on the band, as one mark with their numbers. Pure.
 *
 * From left to right: a cluster takes in all that begin within `gapPx` of its first. Every event that is in view is
 * in exactly one, so the numbers add up.
 */
import { mostOf, signOf, type Sign } from "../events/signs.ts";
import type { Moment } from "./moment.ts";
import { placeOf } from "./sorted.ts";
import { endOf, pxOf, startOf, timeOf, type View } from "./view.ts";

export interface Cluster {
  /** Of the first. */
  readonly px: number;
  /** Of the last. */
  readonly endPx: number;
  readonly rings: number;
  readonly motions: number;
  /** Of its movements, what matters most. */
  readonly sign: Sign;
}

export function clustersOf(
  moments: readonly Moment[],
  view: View,
  { widthPx, gapPx }: { readonly widthPx: number; readonly gapPx: number },
): Cluster[] {
  const clusters: Cluster[] = [];
  const last = placeOf(moments, endOf(view));
  let at = placeOf(moments, startOf(view));
  while (at < last) {
    const px = pxOf(view, widthPx, moments[at]?.startWallMs ?? 0);
    const untilMs = timeOf(view, widthPx, px + gapPx);
    let [rings, motions, lastMs] = [0, 0, 0];
    let sign: Sign = "motion";
    // the first is in it whatever rounding says
    do {
      const moment = moments[at];
      if (moment?.kind === "ring") rings += 1;
      else motions += 1;
      if (moment?.kind === "motion") sign = mostOf(sign, signOf(moment));
      lastMs = moment?.startWallMs ?? lastMs;
      at += 1;
    } while (at < last && (moments[at]?.startWallMs ?? Infinity) < untilMs);
    clusters.push({ px, endPx: pxOf(view, widthPx, lastMs), rings, motions, sign });
  }
  return clusters;
}
