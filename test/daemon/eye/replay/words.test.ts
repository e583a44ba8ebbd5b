import { expect, test } from "vitest";
import { clockText } from "../../../../daemon/eye/replay/clock-text.ts";
import { lineText, ProgressBar } from "../../../../daemon/eye/replay/words.ts";

test.each([
  [0, "0:00.0"],
  [83_250, "1:23.2"],
  [59_999, "0:59.9"],
  [3_600_000, "60:00.0"],
])("%i ms reads %s", (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

test("a motion event reads as a span with score and zones, a ring as a moment", () => {
  const motion = {
    type: "event",
    kind: "motion",
    startMs: 1_500,
    endMs: 4_000,
    score: 142.4,
    zones: ["path"],
  } as const;
  expect(lineText(motion)).toBe("motion  0:01.5 - 0:04.0        score 142  path");
  expect(lineText({ ...motion, kind: "ring", score: 0, zones: [] }).trim()).toBe("ring    0:01.5");
});

test("the bar is drawn over itself, only when it changes, and leaves nothing behind", () => {
  const written: string[] = [];
  const bar = new ProgressBar("walk.mp4", (text) => written.push(text));
  bar.clear();
  bar.show(0.5);
  bar.show(0.5);
  bar.show(1);
  bar.clear();
  const [half = "", full = "", gone = ""] = written;
  expect(half).toBe(`\rwalk.mp4 [${"=".repeat(15)}${" ".repeat(15)}]  50 %`);
  expect(full).toBe(`\rwalk.mp4 [${"=".repeat(30)}] 100 %`);
  expect(gone).toBe(`\r${" ".repeat(full.length - 1)}\r`);
  expect(written).toHaveLength(3);
});
