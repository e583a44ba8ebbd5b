/**
 * PrivacyPolicy: what the camera may see.
 *
 * The eye reads `<data>/policy.json` itself and trusts nobody else's word for it. A missing or
 * invalid file masks every pixel. Until owners hold keys the file is plain; the signed envelope
 * around exactly this payload comes with them (docs/design of consent), so the shape is final.
 */
import { z } from "zod";
import type { Polygon } from "../../hal/geometry.ts";

const coordinate = z.number().min(0).max(1);
const polygonSchema = z
  .array(z.tuple([coordinate, coordinate]))
  .min(3, "a polygon has at least 3 corners")
  .max(1024, "a polygon has at most 1,024 corners");

export const policySchema = z.strictObject({
  /** Grows with every change; the eye refuses to go back. */
  version: z.int().min(1),
  /** Outside this polygon every pixel is destroyed. Concave is fine. */
  propertyLine: polygonSchema,
  /** Inside these polygons every pixel is destroyed too. */
  privacyZones: z.array(polygonSchema).max(64).default([]),
});

export interface Policy {
  readonly version: number;
  readonly propertyLine: Polygon;
  readonly privacyZones: readonly Polygon[];
}
