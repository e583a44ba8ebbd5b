import { expect, test } from "vitest";
import { tallyOf } from "../../scripts/test/guest.ts";

const end = { status: 0, reason: "done", console: "Kernel panic\n", tookMs: 1 } as const;
const left = { passed: 3, failed: 0, skipped: ["a: why"] };

test("what the guest counted counts", () => {
  const failed = { ...left, failed: 2 };
  expect(tallyOf(end, left, () => {})).toEqual(left);
  expect(tallyOf({ ...end, status: 1 }, failed, () => {})).toEqual(failed);
});

test.each([
  ["a guest that left nothing", { ...end, status: null, reason: "died" } as const, null, 0],
  ["one over its time", { ...end, status: null, reason: "limit" } as const, null, 0],
  ["one that failed without a failed test", { ...end, status: 1 }, left, 3],
])("%s is one failure, told", (_, ended, counted, passed) => {
  const said: string[] = [];
  expect(tallyOf(ended, counted, (line) => said.push(line))).toMatchObject({ passed, failed: 1 });
  expect(said[0]).toContain(ended.reason);
});
