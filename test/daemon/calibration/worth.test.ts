/** A correction is evidence for calibration, and never against what somebody marked. */
import { expect, test } from "vitest";
import { worthOf } from "../../../daemon/calibration/past.ts";

test.each([
  [null, null, null],
  [null, "other", "false"],
  [null, "person", "good"],
  [null, "animal", "good"],
  ["good", "other", "good"],
  ["false", "person", "false"],
] as const)("marked %s and corrected to %s it was worth: %s", (mark, corrected, worth) => {
  expect(worthOf({ mark, corrected })).toBe(worth);
});
