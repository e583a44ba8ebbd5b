/** What is wrong, with since when; and how long that is, in words. */
import { expect, test } from "vitest";
import { lasted, standingOf } from "../../../web/health/merge.ts";
import type { Problem } from "../../../web/status/problems.ts";

const problem = (id: string, level: Problem["level"]): Problem => ({ id, level, title: id, hint: "" });

test("what both know has the page's words and the doorbell's time; what one knows alone is not lost", () => {
  const standing = standingOf(
    [problem("camera", "wrong"), problem("dropped", "warn")],
    [
      { id: "camera", text: "camera failed", forMs: 5_000 },
      { id: "household", text: "the household cannot be read", forMs: 70_000 },
    ],
  );
  expect(standing.map(({ problem: { id, title }, forMs }) => [id, title, forMs])).toEqual([
    ["camera", "camera", 5_000],
    ["household", "The household cannot be read.", 70_000],
    ["dropped", "dropped", null],
  ]);
});

test("wrong before less wrong, and of each the oldest first", () => {
  const ids = ["a", "b", "c", "d"];
  const log = [1, 2, 3, 4].map((forMs, i) => ({ id: ids[i] ?? "", text: "", forMs }));
  const levels = ["warn", "wrong", "warn", "wrong"] as const;
  const standing = standingOf(
    ids.map((id, i) => problem(id, levels[i] ?? "warn")),
    log,
  );
  expect(standing.map((each) => each.problem.id)).toEqual(["d", "b", "c", "a"]);
});

test.each([
  [0, "1 second"],
  [42_000, "42 seconds"],
  [60_000, "1 minute"],
  [59 * 60_000, "59 minutes"],
  [3_600_000, "1 hour"],
  [2 * 3_600_000 + 60_000, "2 hours 1 minute"],
  [5 * 3_600_000 + 600_000, "5 hours"],
  [86_400_000, "1 day"],
  [2 * 86_400_000 + 3 * 3_600_000, "2 days 3 hours"],
  [9 * 86_400_000 + 3 * 3_600_000, "9 days"],
])("%i ms are %s", (ms, words) => expect(lasted(ms)).toBe(words));
