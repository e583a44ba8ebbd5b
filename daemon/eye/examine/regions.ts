/**
 * Regions: which pixels must be destroyed, drawn anew by another method than the mask's own.
 *
 * The mask asks of every row which pixels an edge touches (daemon/policy/rasterise.ts). Here each edge flips
 * everything to its right, row by row, and a pixel that was flipped an odd number of times at its centre is
 * inside. Pixels that an outline passes through are the seam: one pixel wide, and either answer is right there.
 * So a fault in the mask's geometry shows, instead of being repeated.
 */
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import type { MaskShape } from "../../policy/shape.ts";

/** What a sample must be. */
export const region = { hidden: 0, seam: 1, shown: 2 } as const;

export interface Regions extends FrameGeometry {
  /** One per luma pixel, rows without padding. */
  readonly luma: Uint8Array;
  /** The same for U and V: hidden where any of its pixels is. */
  readonly chroma: Uint8Array;
  readonly shownPx: number;
}

/** Null = everything is hidden. */
export function regionsOf({ width, height }: FrameGeometry, shape: MaskShape | null): Regions {
  const luma = new Uint8Array(width * height); // hidden
  if (shape !== null) {
    const line = flipped(shape.propertyLine, width, height);
    for (let i = 0; i < luma.length; i += 1) if (line[i] === 1) luma[i] = region.shown;
    for (const zone of shape.privacyZones) {
      const covered = flipped(zone, width, height);
      for (let i = 0; i < luma.length; i += 1) if (covered[i] === 1) luma[i] = region.hidden;
    }
    for (const polygon of [shape.propertyLine, ...shape.privacyZones]) markSeam(polygon, luma, width, height);
  }
  let shownPx = 0;
  for (let i = 0; i < luma.length; i += 1) if (luma[i] === region.shown) shownPx += 1;
  return { width, height, luma, chroma: chromaOf(luma, width, height), shownPx };
}

/** 1 where the centre of a pixel is inside the polygon, by the even-odd rule. */
function flipped(polygon: Polygon, width: number, height: number): Uint8Array {
  const odd = new Uint8Array(width * height);
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    const [top, bottom] = ay <= by ? [ay, by] : [by, ay];
    const first = Math.max(0, Math.ceil(top * height - 0.5));
    const last = Math.min(height - 1, Math.ceil(bottom * height - 0.5) - 1);
    for (let y = first; y <= last; y += 1) {
      const part = ((y + 0.5) / height - ay) / (by - ay);
      const x = Math.max(0, Math.ceil((ax + part * (bx - ax)) * width - 0.5));
      if (x < width) odd[y * width + x] = (odd[y * width + x] ?? 0) ^ 1;
    }
  }
  for (let y = 0; y < height; y += 1) {
    let inside = 0;
    for (let i = y * width; i < (y + 1) * width; i += 1) odd[i] = inside ^= odd[i] ?? 0;
  }
  return odd;
}

/** Every pixel that an outline touches, and a hair to either side: one on a border between pixels touches both. */
function markSeam(polygon: Polygon, luma: Uint8Array, width: number, height: number): void {
  const hairPx = 0.01;
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    const [[x0, y0], [x1, y1]] =
      ay <= by
        ? [
            [ax * width, ay * height],
            [bx * width, by * height],
          ]
        : [
            [bx * width, by * height],
            [ax * width, ay * height],
          ];
    const first = Math.max(0, Math.floor(y0 - hairPx));
    const last = Math.min(height - 1, Math.floor(y1 + hairPx));
    for (let row = first; row <= last; row += 1) {
      // where it enters and leaves this row of pixels; a level edge is in it from end to end
      const at = (y: number): number =>
        y1 > y0 ? x0 + (x1 - x0) * Math.min(1, Math.max(0, (y - y0) / (y1 - y0))) : x0;
      const ends = y1 > y0 ? [at(row - hairPx), at(row + 1 + hairPx)] : [x0, x1];
      const from = Math.max(0, Math.floor(Math.min(...ends) - hairPx));
      const to = Math.min(width - 1, Math.floor(Math.max(...ends) + hairPx));
      luma.fill(region.seam, row * width + from, Math.max(row * width + from, row * width + to + 1));
    }
  }
}

function chromaOf(luma: Uint8Array, width: number, height: number): Uint8Array {
  const [wide, high] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const chroma = new Uint8Array(wide * high).fill(region.shown);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const c = (y >> 1) * wide + (x >> 1);
      chroma[c] = Math.min(chroma[c] ?? 0, luma[y * width + x] ?? 0);
    }
  }
  return chroma;
}
