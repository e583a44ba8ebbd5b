/**
 * Whole picture: the policy that hides nothing, for videos that were unmasked before they got here.
 *
 * Never a default of the doorbell: with no policy of the owner everything is masked.
 */
import type { Policy } from "../../wire/policy.ts";

export const wholePicture: Policy = {
  version: 1,
  propertyLine: [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  privacyZones: [],
};
