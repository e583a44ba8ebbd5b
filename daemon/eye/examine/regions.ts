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

/** Four steps a pixel, and a hair to either side: an outline on a border between pixels touches both. */
function markSeam(polygon: Polygon, luma: Uint8Array, width: number, height: number): void {
  const hairPx = 0.01;
  const mark = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height)
      luma[Math.floor(y) * width + Math.floor(x)] = region.seam;
  };
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length] ?? [ax, ay];
    const [dx, dy] = [(bx - ax) * width, (by - ay) * height];
    const steps = Math.max(1, Math.ceil(4 * Math.max(Math.abs(dx), Math.abs(dy))));
    for (let step = 0; step <= steps; step += 1) {
      const x = ax * width + (dx * step) / steps;
      const y = ay * height + (dy * step) / steps;
      for (const side of [-hairPx, hairPx]) {
        mark(x + side, y + side);
        mark(x + side, y - side);
      }
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
