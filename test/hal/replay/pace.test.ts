import { expect, test } from "vitest";
import { pace } from "../../../hal/replay/pace.ts";

const frameMs = 100;

test.each([
  [-250, 0, { do: "wait", ms: 250 }],
  [-0.5, 19, { do: "wait", ms: 0.5 }],
  [0, 0, { do: "show" }],
  [300, 0, { do: "show" }],
  [300, 19, { do: "show" }],
  [300.1, 0, { do: "drop" }],
  [60_000, 0, { do: "drop" }],
  [60_000, 19, { do: "drop" }],
  [60_000, 20, { do: "slip" }],
])("%d ms late after %d dropped: %j", (lateMs, droppedInRow, expected) => {
  expect(pace({ lateMs, frameMs, droppedInRow })).toEqual(expected);
});
