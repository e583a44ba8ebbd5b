/**
 * Stretches: spans of time as rectangles on the band; what would touch is one. Pure.
 */
import { endOf, pxOf, startOf, type View } from "./view.ts";

export interface Stretch {
  readonly px: number;
  readonly endPx: number;
}

export interface Span {
  readonly startWallMs: number;
  readonly endWallMs: number;
}

/** `spans` oldest first; one that is in view is at least `leastPx` wide, so that it is seen. */
export function stretchesOf(
  spans: Iterable<Span>,
  view: View,
  { widthPx, leastPx }: { readonly widthPx: number; readonly leastPx: number },
): Stretch[] {
  const stretches: { px: number; endPx: number }[] = [];
  for (const { startWallMs, endWallMs } of spans) {
    if (endWallMs < startOf(view) || startWallMs > endOf(view)) continue;
    const px = Math.max(0, pxOf(view, widthPx, startWallMs));
    const endPx = Math.min(widthPx, Math.max(pxOf(view, widthPx, endWallMs), px + leastPx));
    const before = stretches.at(-1);
    if (before !== undefined && px <= before.endPx + 1) before.endPx = Math.max(before.endPx, endPx);
    else stretches.push({ px, endPx });
  }
  return stretches;
}
