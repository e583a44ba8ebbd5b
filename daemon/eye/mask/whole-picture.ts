/**
 * Whole picture: the shape that hides nothing, for videos that were unmasked before they got here.
 *
 * Never a default of the doorbell: with no policy of the owner everything is masked.
 */
import type { MaskShape } from "../../policy/shape.ts";

export const wholePicture: MaskShape = {
  propertyLine: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  privacyZones: [],
};
