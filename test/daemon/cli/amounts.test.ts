import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthText, sizeText, timeText } from "../../../daemon/cli/amounts.ts";
import { textTable } from "../../../daemon/cli/table.ts";

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1.0 s"],
  [59_949, "59.9 s"],
  [59_950, "1 min 00 s"],
  [125_400, "2 min 05 s"],
])("%i ms is %s", (ms, text) => {
  expect(lengthText(ms)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
  [5_000_000_000_000, "5000.0 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test("a time is the day and second where the machine stands", () => {
  expect(timeText(new Date(2026, 0, 31, 9, 5, 7).getTime())).toBe("2026-01-31 09:05:07");
});

test("table columns line up and no line ends with a blank", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.stringMatching(/^\w{0,8}$/u), fc.stringMatching(/^\w{1,8}$/u)), { minLength: 1 }),
      (rows) => {
        const width = Math.max(...rows.map(([first]) => first.length));
        const lines = textTable(rows);
        expect(lines).toEqual(rows.map(([first, second]) => `${first.padEnd(width)}  ${second}`));
      },
    ),
  );
  expect(
    textTable(
      [
        ["a", "  1"],
        ["b", "12"],
        ["c", "345"],
      ],
      { right: [1] },
    ),
  ).toEqual(["a    1", "b   12", "c  345"]);
});
