/** Last week on the screen: which rows, which marks, how tall bars are, what a row says. */
import { expect, test } from "vitest";
import type { Mark, PreviewEvent } from "../../../daemon/wire/api-calibration.ts";
import { causePairs, mostOf, shareOf } from "../../../web/calibrate/week/bars.ts";
import {
  blocksOf,
  marksIn,
  markOf,
  rowKey,
  rowsOf,
  type RowFilter,
} from "../../../web/calibrate/week/rows.ts";
import { remarksOf, spokenRow } from "../../../web/calibrate/week/say-row.ts";
import { words } from "../../../web/words.ts";

function event(startWallMs: number, change: Partial<PreviewEvent> = {}): PreviewEvent {
  return {
    change: "stays",
    startWallMs,
    endWallMs: startWallMs + 12_000,
    score: 150,
    zones: ["Path"],
    cause: "walked",
    light: "bright",
    leastSensitivity: 34,
    events: [{ id: `event-${startWallMs}`, mark: null }],
    ...change,
  };
}

const week = {
  events: [
    event(1, { change: "vanishes" }),
    event(2),
    event(3, { change: "appears", events: [], cause: "brief" }),
    event(4, { change: "vanishes", cause: "brief" }),
  ],
};

test.each<[string, RowFilter, number[]]>([
  ["what changes", { change: "changes", cause: null }, [4, 3, 1]],
  ["what appears", { change: "appears", cause: null }, [3]],
  ["what vanishes", { change: "vanishes", cause: null }, [4, 1]],
  ["all", { change: "all", cause: null }, [4, 3, 2, 1]],
  ["what changes by one cause", { change: "changes", cause: "brief" }, [4, 3]],
])("%s is listed, newest first", (_, filter, wanted) => {
  expect(rowsOf(week, filter).map(({ startWallMs }) => startWallMs)).toEqual(wanted);
});

test("an event keeps its key from one preview to the next", () => {
  expect(rowKey(event(5, { change: "vanishes" }))).toBe(rowKey(event(5, { change: "stays", score: 3 })));
  const [first, second] = [event(6, { events: [] }), event(7, { events: [] })];
  expect(rowKey(first)).not.toBe(rowKey(second));
});

test("blocks hold every row once", () => {
  const rows = Array.from({ length: 61 }, (_, i) => i);
  expect(blocksOf(rows, 25).map(({ length }) => length)).toEqual([25, 25, 11]);
  expect(blocksOf(rows, 25).flat()).toEqual(rows);
  expect(blocksOf([], 25)).toEqual([]);
});

test("a thumb given on this page counts before that of the preview, also when it was taken back", () => {
  const marked = event(1, { events: [{ id: "a", mark: "false" }] });
  const now = (mark: Mark | null) => new Map([["a", mark]]);
  expect(markOf(marked, new Map())).toBe("false");
  expect(markOf(marked, now("good"))).toBe("good");
  expect(markOf(marked, now(null))).toBeNull();
  expect(marksIn({ events: [marked, event(2)] }, new Map([["event-2", "good"]]))).toEqual({
    good: 1,
    false: 1,
  });
});

test("bars are of the tallest, and something is never nothing", () => {
  const pairs = [
    { was: 0, preview: 200 },
    { was: 1, preview: 0 },
  ];
  expect(mostOf(pairs)).toBe(200);
  expect(shareOf(200, 200)).toBe(1);
  expect(shareOf(1, 200)).toBeGreaterThan(0.01);
  expect(shareOf(0, 200)).toBe(0);
  expect(mostOf([])).toBe(0);
});

test("causes stand in their order, those without events are left out", () => {
  const byCause = {
    brief: { was: 2, preview: 0 },
    walked: { was: 1, preview: 1 },
    light: { was: 0, preview: 0 },
  };
  expect(causePairs({ byCause }).map(({ cause }) => cause)).toEqual(["walked", "brief"]);
});

test("a row says where, why, how long and in which light", () => {
  expect(remarksOf(event(1, { light: "infrared" }))).toEqual(["Path", "Walked past", "12 s", "infrared"]);
  expect(remarksOf(event(1, { zones: ["everywhere"], endWallMs: 1 }))).toEqual(["Walked past"]);
  expect(spokenRow(event(1, { change: "vanishes" }), "10:00")).toContain(words.calibrate.changes.vanishes);
});
