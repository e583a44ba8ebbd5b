/**
 * Seen within: does a policy leave anything to be seen inside a polygon? Pure.
 *
 * A motion zone that lies wholly outside the property line, or under privacy zones, can never fire;
 * whoever draws one should hear it then, not wonder later.
 */
import type { FrameGeometry } from "../../hal/frame.ts";
import type { Polygon } from "../../hal/geometry.ts";
import { visibleRows } from "./opening.ts";
import { polygonRows } from "./rasterise.ts";
import { intersect } from "./rows.ts";
import type { MaskShape } from "./shape.ts";

/** Finer than any motion cell, whatever the camera's size. */
const countedSidePx = 960;

/** Polygon and shape in fractions of the same picture. */
export function isAnySeenWithin(
  polygon: Polygon,
  { shape, picture }: { readonly shape: MaskShape; readonly picture: FrameGeometry },
): boolean {
  const scale = Math.min(1, countedSidePx / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const area = polygonRows(polygon, width, height);
  return visibleRows({ width, height }, shape).some((row, y) => intersect(row, area.covered(y)).length > 0);
}
