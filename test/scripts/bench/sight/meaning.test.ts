/** What docs/motion.md says a sensitivity means is what the detector does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { delayTexts, meaningTables, sensitivities } from "../../../../scripts/bench/sight/meaning.ts";

const paper = readFileSync(join(import.meta.dirname, "../../../../docs/motion.md"), "utf8");

/** The cells of the row of that name in the table of that title. */
function written(title: string, name: string): string[] {
  const table = paper.slice(paper.indexOf(`| ${title} |`)).split("\n\n")[0] ?? "";
  const row = table.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";
  return row
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

const rows = meaningTables.flatMap(({ title, rows: all }) =>
  all.map(([name, walk]) => ({ title, name, walk, cells: written(title, name) })),
);

describe("the paper has every row, and in each more sensitivity is never later", () => {
  test.each(rows)("$title: $name", ({ cells }) => {
    expect(cells).toHaveLength(sensitivities.length);
    const delays = cells.map((cell) => (cell === "-" ? Infinity : Number(cell)));
    expect(delays).toEqual([...delays].sort((a, b) => b - a));
    for (const delay of delays) expect(delay).not.toBeNaN();
  });
});

/** All rows take a minute; these three are seen by some sensitivities and not by others. */
const drawn = [
  ["height, of the picture", "5 %"],
  ["contrast, in luma levels", "20"],
  ["sensor noise, in luma levels", "4"],
] as const;

test.each(drawn)("%s: a person of %s is seen as the paper says", (title, name) => {
  const row = rows.find((each) => each.title === title && each.name === name);
  expect(row?.cells).toEqual(row === undefined ? null : delayTexts(row.walk));
});
