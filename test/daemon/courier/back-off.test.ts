import { expect, test } from "vitest";
import { backOffMs } from "../../../daemon/courier/back-off.ts";

const waits = { firstMs: 1_000, lastMs: 5 * 60_000 };

test("the pause doubles up to its last, between half of it and all of it", () => {
  expect([1, 2, 3, 9, 50].map((failures) => backOffMs(failures, waits, 0.5))).toEqual([
    750, 1_500, 3_000, 192_000, 225_000,
  ]);
  expect([0, 1, 2, 50].map((failures) => backOffMs(failures, waits, 0))).toEqual([500, 500, 1_000, 150_000]);
  expect([1, 2, 50].map((failures) => backOffMs(failures, waits))).toEqual([1_000, 2_000, 300_000]);
});
