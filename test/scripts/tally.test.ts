import { expect, test } from "vitest";
import { addTallies, isSuccess, tallyLine } from "../../scripts/test/tally.ts";

test.each([
  [{ passed: 3, failed: 0, skipped: [] }, "3 passed, 0 failed", true],
  [{ passed: 3, failed: 1, skipped: [] }, "3 passed, 1 failed", false],
  [{ passed: 3, failed: 0, skipped: ["a: no footage"] }, "3 passed, 0 failed", true],
  [{ passed: 0, failed: 0, skipped: [] }, "0 passed, 0 failed", false],
])("%j is told as %s", (tally, line, success) => {
  expect(tallyLine(tally)).toBe(line);
  expect(isSuccess(tally)).toBe(success);
});

test("tallies add up", () => {
  const sum = addTallies([
    { passed: 1, failed: 2, skipped: ["a"] },
    { passed: 10, failed: 20, skipped: ["b"] },
  ]);
  expect(sum).toEqual({ passed: 11, failed: 22, skipped: ["a", "b"] });
});
