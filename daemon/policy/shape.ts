/**
 * Shape: what the camera may see, as polygons in fractions of the picture. No code, only words.
 */
import type { Polygon } from "../../hal/geometry.ts";

export interface MaskShape {
  /** Outside this polygon every pixel is destroyed. Concave is fine. */
  readonly propertyLine: Polygon;
  /** Inside these polygons every pixel is destroyed too. */
  readonly privacyZones: readonly Polygon[];
}

export const minCorners = 3;
export const maxCorners = 1_024;
export const maxPrivacyZones = 64;
