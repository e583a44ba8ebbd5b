/**
 * Opening: the privacy mask of one policy at one picture size, as visible spans per plane row.
 *
 * Default deny: no policy = an opening with nothing in it. Visible = wholly inside the property
 * line and not touched by any privacy zone; chroma only where all four luma pixels are visible.
 * Made once per geometry, used for every frame.
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import type { MaskShape } from "./shape.ts";
import { polygonRows } from "./rasterise.ts";
import { halve, intersect, subtract, type Row } from "./rows.ts";

/** Spans of a whole plane: row y is spans[starts[y]] .. spans[starts[y + 1]] as [from, to) pairs. */
export interface PlaneSpans {
  readonly width: number;
  readonly height: number;
  readonly starts: Int32Array;
  readonly spans: Int32Array;
}

export interface Opening extends FrameGeometry {
  readonly luma: PlaneSpans;
  /** The same for U and V. */
  readonly chroma: PlaneSpans;
  /** Share of luma pixels that stay, 0..1. */
  readonly visibleFrac: number;
}

export function rasteriseOpening(geometry: FrameGeometry, policy: MaskShape | null): Opening {
  const { width, height } = geometry;
  const lumaRows = policy === null ? emptyRows(height) : visibleRows(geometry, policy);
  const chromaRows = Array.from({ length: Math.ceil(height / 2) }, (_, y): Row => {
    const upper = lumaRows[2 * y] ?? [];
    return halve(intersect(upper, lumaRows[2 * y + 1] ?? upper), width);
  });
  const luma = pack(lumaRows, width);
  return {
    width,
    height,
    luma,
    chroma: pack(chromaRows, Math.ceil(width / 2)),
    visibleFrac: countPixels(luma) / Math.max(1, width * height),
  };
}

function emptyRows(height: number): Row[] {
  return Array.from({ length: height }, () => []);
}

/** Per row of the luma plane, the pixels that stay. */
export function visibleRows({ width, height }: FrameGeometry, policy: MaskShape): Row[] {
  const line = polygonRows(policy.propertyLine, width, height);
  const zones = policy.privacyZones.map((zone) => polygonRows(zone, width, height));
  return Array.from({ length: height }, (_, y) =>
    zones.reduce((row, zone) => (row.length === 0 ? row : subtract(row, zone.covered(y))), line.inside(y)),
  );
}

function pack(rows: readonly Row[], width: number): PlaneSpans {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, y) => {
    starts[y + 1] = (starts[y] ?? 0) + row.length;
  });
  return { width, height: rows.length, starts, spans: Int32Array.from(rows.flat()) };
}

function countPixels({ spans }: PlaneSpans): number {
  let count = 0;
  for (let i = 0; i < spans.length; i += 2) count += (spans[i + 1] ?? 0) - (spans[i] ?? 0);
  return count;
}
